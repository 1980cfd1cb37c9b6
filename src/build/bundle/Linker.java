import com.google.javascript.jscomp.BasicErrorManager;
import com.google.javascript.jscomp.CheckLevel;
import com.google.javascript.jscomp.CompilationLevel;
import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.ChunkOutputType;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.DiagnosticGroups;
import com.google.javascript.jscomp.JSChunk;
import com.google.javascript.jscomp.JSError;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.jscomp.deps.ModuleLoader.ResolutionMode;
import com.google.javascript.jscomp.jarjar.com.google.common.collect.ImmutableMap;
import com.google.javascript.rhino.Node;
import com.google.javascript.rhino.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Links modules to chunks by the Closure Compiler. The language is not lowered: LanguageMode.UNSUPPORTED is the mode in
 * which the compiler leaves private members of classes unchanged; {@link PrivateMembers} shortens those of the page.
 *
 * <p>A name between chunks is a digest of the thing's own name and that of its module: chunks of two versions, which a browser
 * gets while nodes are replaced one by one, fit together as far as the modules do. Within a chunk all names are short.
 */
final class Linker {

    /**
     * A linked file.
     *
     * @param map source map (ECMA-426) with the sources
     */
    record Linked(String source, String map) {}

    /** Prints errors. The warnings are about DOMPurify, whose small build is a script and not a module. */
    @SuppressWarnings("deprecation") // The only class of the compiler to extend for this.
    private static final class Errors extends BasicErrorManager {

        @Override
        public void println(CheckLevel level, JSError error) {
            if (level == CheckLevel.ERROR) {
                System.err.println(error);
            }
        }

        @Override
        protected void printSummary() {
            // The exception has the message.
        }
    }

    private static final String EXPORTED = "parlanceExports";
    private static final Pattern EXPORT = Pattern.compile("([\\w$]+):\\s*([\\w$]+)");

    /** Separator between a name and that of its module. */
    private static final String OF_MODULE = "$$module$";

    /** Number of letters and digits of a name between chunks. */
    private static final int NAME_LENGTH = 5;

    private final Sources sources;

    Linker(Sources sources) {
        this.sources = sources;
    }

    /** Files of the chunks by their names. Chunks import each other as {@code ./NAME.js}. */
    Map<String, Linked> link(List<Chunks.Chunk> chunks) {
        Map<String, JSChunk> made = new LinkedHashMap<>();
        for (Chunks.Chunk chunk : chunks) {
            JSChunk linked = new JSChunk(chunk.name());
            chunk.modules().forEach(path -> linked.add(SourceFile.fromCode(path, sources.text(path))));
            chunk.needs().forEach(name -> linked.addDependency(made.get(name)));
            made.put(chunk.name(), linked);
        }
        Map<String, String> between = new TreeMap<>();
        return compile(made, PrivateMembers::shorten, names -> shorten(names, between));
    }

    /** A module with all its dependencies in one file, with its exports and with short names. */
    Linked linkAlone(String path) {
        String name = path.replaceAll(".*/|\\.js$", "");
        Set<String> exports = sources.exports(path);
        JSChunk chunk = new JSChunk(name);
        sources.needs(path).forEach(needed -> chunk.add(SourceFile.fromCode(needed, sources.text(needed))));
        // The compiler drops the exports of an entry: they are passed to a function that does not exist, and exported
        // again afterwards.
        chunk.add(SourceFile.fromCode(
                "/exports.js",
                exports.stream()
                        .map(export -> export + ": all." + export)
                        .reduce((one, other) -> one + ", " + other)
                        .map(all -> "import * as all from \".%s\";\n%s({ %s });\n".formatted(path, EXPORTED, all))
                        .orElse("import \".%s\";\n".formatted(path))));
        Linked linked =
                compile(Map.of(name, chunk), tree -> {}, Linker::nameAsModules).get(name);
        String source = linked.source().replace("export{};", "");
        return new Linked(exports.isEmpty() ? source : export(source, exports), linked.map());
    }

    private static String export(String source, Set<String> exports) {
        int at = source.lastIndexOf(EXPORTED);
        List<String> named = EXPORT.matcher(source.substring(at))
                .results()
                .map(export -> export.group(2) + " as " + export.group(1))
                .toList();
        if (named.size() != exports.size()) {
            throw new IllegalStateException("Not all is exported: " + source.substring(at));
        }
        return source.substring(0, at) + "export{" + String.join(",", named) + "};";
    }

    private static Map<String, Linked> compile(
            Map<String, JSChunk> chunks, Consumer<Node> renameMembers, Consumer<Map<String, List<Node>>> rename) {
        Compiler compiler = new Compiler(new Errors());
        compiler.disableThreads();
        if (!compiler.compileChunks(List.of(), List.copyOf(chunks.values()), options()).success) {
            throw new IllegalStateException("The page cannot be linked");
        }
        for (JSChunk chunk : chunks.values()) {
            chunk.getInputs().forEach(input -> Templates.shorten(input.getAstRoot(compiler)));
            chunk.getInputs().forEach(input -> renameMembers.accept(input.getAstRoot(compiler)));
            Map<String, List<Node>> names = new TreeMap<>();
            chunk.getInputs().forEach(input -> collectNames(input.getAstRoot(compiler), names));
            rename.accept(names);
        }
        Map<String, Linked> linked = new LinkedHashMap<>();
        chunks.forEach((name, chunk) -> {
            compiler.resetAndIntitializeSourceMap();
            String source = compiler.toSource(chunk);
            linked.put(name, new Linked(source, map(compiler, name)));
        });
        return linked;
    }

    /**
     * Gives short names to all things within a chunk, those that are used most the shortest. No local name begins so.
     *
     * @param between things by their names between chunks, of all chunks
     */
    private static void shorten(Map<String, List<Node>> names, Map<String, String> between) {
        names.forEach((name, nodes) -> nodes.stream()
                .filter(node -> name.contains(OF_MODULE) && isNameBetweenChunks(node))
                .forEach(node -> node.setString(nameBetweenChunks(name, between))));
        List<List<Node>> own = names.entrySet().stream()
                .filter(name -> name.getKey().contains(OF_MODULE))
                .map(name -> name.getValue().stream()
                        .filter(node -> !isNameBetweenChunks(node))
                        .toList())
                .sorted(Comparator.comparing(nodes -> -nodes.size()))
                .toList();
        int next = 0;
        for (List<Node> nodes : own) {
            String shortName;
            do {
                shortName = "$" + Integer.toString(next++, Character.MAX_RADIX);
            } while (names.containsKey(shortName));
            for (Node node : nodes) {
                node.setString(shortName);
            }
        }
    }

    private static String nameBetweenChunks(String name, Map<String, String> between) {
        String digest = Output.sha256(name.getBytes(StandardCharsets.UTF_8));
        String number = new BigInteger(digest, 16).toString(Character.MAX_RADIX);
        // An identifier begins with a letter.
        String digits = number.replaceFirst("^[0-9]+", "").substring(0, NAME_LENGTH);
        if (!name.equals(between.computeIfAbsent(digits, unknown -> name))) {
            throw new IllegalStateException(
                    "%s and %s have one name between chunks".formatted(name, between.get(digits)));
        }
        return digits;
    }

    /** True of the name by which an import or export knows a thing that has another name within its chunk. */
    private static boolean isNameBetweenChunks(Node name) {
        Node place = name.getParent();
        return (place.getToken() == Token.IMPORT_SPEC && place.getFirstChild() == name)
                || (place.getToken() == Token.EXPORT_SPEC && place.getLastChild() == name);
    }

    /** Restores the names of the modules if they are unambiguous, for stack traces and debuggers of other programs. */
    private static void nameAsModules(Map<String, List<Node>> names) {
        Map<String, Set<String>> longNames = new TreeMap<>();
        names.keySet().stream()
                .filter(name -> name.contains(OF_MODULE))
                .forEach(name -> longNames
                        .computeIfAbsent(name.substring(0, name.indexOf(OF_MODULE)), unnamed -> new TreeSet<>())
                        .add(name));
        longNames.forEach((shortName, one) -> {
            if (one.size() == 1 && !names.containsKey(shortName) && !shortName.isEmpty()) {
                names.get(one.iterator().next()).forEach(node -> node.setString(shortName));
            }
        });
    }

    private static void collectNames(Node node, Map<String, List<Node>> names) {
        if (node.isName()) {
            names.computeIfAbsent(node.getString(), unnamed -> new ArrayList<>())
                    .add(node);
        }
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            collectNames(child, names);
        }
    }

    private static String map(Compiler compiler, String name) {
        StringBuilder map = new StringBuilder();
        try {
            compiler.getSourceMap().appendTo(map, name + ".js");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return map.toString();
    }

    private static CompilerOptions options() {
        CompilerOptions options = new CompilerOptions();
        CompilationLevel.SIMPLE_OPTIMIZATIONS.setOptionsForCompilationLevel(options);
        options.setLanguageIn(LanguageMode.UNSUPPORTED);
        options.setLanguageOut(LanguageMode.UNSUPPORTED);
        options.setAllowDynamicImport(true);
        options.setChunkOutputType(ChunkOutputType.ES_MODULES);
        options.setEmitUseStrict(false);
        options.setRemoveUnusedVariables(CompilerOptions.Reach.ALL);
        // No file is written into a page's markup, so "<" needs no escape.
        options.setTrustedStrings(true);
        options.setOutputCharset(StandardCharsets.UTF_8);
        options.setModuleResolutionMode(ResolutionMode.BROWSER_WITH_TRANSFORMED_PREFIXES);
        options.setBrowserResolverPrefixReplacements(ImmutableMap.copyOf(Sources.libraryPaths()));
        options.setSourceMapOutputPath("maps");
        options.setSourceMapIncludeSourcesContent(true);
        options.setResolveSourceMapAnnotations(false);
        // The types in comments are TypeScript's, which checks them.
        options.setWarningLevel(DiagnosticGroups.NON_STANDARD_JSDOC, CheckLevel.OFF);
        options.setWarningLevel(DiagnosticGroups.MODULE_LOAD, CheckLevel.ERROR);
        return options;
    }
}
