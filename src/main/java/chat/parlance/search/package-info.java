/**
 * Full-text search over the caller's rooms. {@link chat.parlance.search.Tokenizer} defines words, for texts and queries
 * alike; {@link chat.parlance.search.SearchQuery} is the parsed query, with the forms of its words from {@link
 * chat.parlance.search.WordForms}; {@link chat.parlance.search.SearchService} answers it through the port {@link
 * chat.parlance.search.SearchIndex}, and {@link chat.parlance.search.SearchIndexer} keeps the index at most about a
 * second behind the rooms through the port {@link chat.parlance.search.EntryStore}. Depends on room, model, text,
 * error, the JDK and Vert.x's futures alone.
 */
@NullMarked
package chat.parlance.search;

import org.jspecify.annotations.NullMarked;
