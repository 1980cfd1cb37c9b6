/**
 * The configuration of a node: {@link chat.parlance.config.ParlanceConfig} is the tree of typed, checked values, {@link
 * chat.parlance.config.ConfigLoader} reads it from the defaults, a file, the environment and flags, and {@link
 * chat.parlance.config.ConfigReference} prints its reference. Keys, their types and ranges are declared by the tree;
 * their defaults and descriptions are in {@code conf/parlance.yaml} alone. Depends on nothing but {@code error}, the
 * languages of {@code text} and the YAML parser; only the classes that start a node use it, and pass plain values on.
 */
@NullMarked
package chat.parlance.config;

import org.jspecify.annotations.NullMarked;
