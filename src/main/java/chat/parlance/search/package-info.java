/**
 * Full-text search over the caller's rooms. {@link chat.parlance.search.Terms} says what a word is, for texts and queries
 * alike; {@link chat.parlance.search.SearchQuery} is what a person typed, with the forms of its words that {@link
 * chat.parlance.search.WordForms} knows; {@link chat.parlance.search.SearchService} answers it through the port {@link
 * chat.parlance.search.SearchIndex}, and {@link chat.parlance.search.SearchIndexer} keeps the index at most about a second
 * behind the rooms through the port {@link chat.parlance.search.EntryStore}. Depends on room, model, text, error, the JDK and
 * Vert.x's futures alone.
 */
@NullMarked
package chat.parlance.search;

import org.jspecify.annotations.NullMarked;
