/**
 * The configuration of a node: {@link chat.parlance.config.ParlanceConfig} composes the settings of all features, and {@link
 * chat.parlance.config.ConfigLoader} reads it from the defaults, a file, the environment and flags. A feature declares keys,
 * types and ranges by records in its own package; the defaults and descriptions are in {@code conf/parlance.yaml} alone. Only
 * the classes that start a node, and {@code verification}, use this package; a feature gets its own records.
 */
@NullMarked
package chat.parlance.config;

import org.jspecify.annotations.NullMarked;
