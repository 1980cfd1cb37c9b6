/**
 * Meaning of characters: the prose of Markdown and what it draws, emoji, visible characters, those of names, names that
 * look alike, quotation marks, languages. The only package that uses ICU4J and commonmark-java; it depends on no other,
 * and {@code model} validates with it.
 */
@NullMarked
package chat.parlance.text;

import org.jspecify.annotations.NullMarked;
