/**
 * Declaration of configuration keys: a feature has a record of its settings, each component of which is a key, and these
 * annotations give the range and the rules; {@code conf/parlance.yaml} describes it. {@code config} composes the records of all features and reads them. Every
 * feature may use this package; it uses nothing.
 */
@NullMarked
package chat.parlance.setting;

import org.jspecify.annotations.NullMarked;
