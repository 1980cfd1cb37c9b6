import com.google.javascript.jscomp.Compiler;
import com.google.javascript.jscomp.CompilerOptions;
import com.google.javascript.jscomp.CompilerOptions.LanguageMode;
import com.google.javascript.jscomp.SourceFile;
import com.google.javascript.rhino.Node;
import com.google.javascript.rhino.Token;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * ES module of the page or of a library.
 *
 * @param path from the page's folder, with a slash first
 * @param imports specifiers of modules that must be loaded before this one runs
 * @param lazyImports specifiers of modules that it imports lazily
 * @param exports names that it exports itself
 * @param passedOn specifiers of modules of which it exports everything
 */
record Module(
        String path,
        String source,
        Set<String> imports,
        Set<String> lazyImports,
        Set<String> exports,
        Set<String> passedOn) {

    /** Reads what a module imports and exports. @throws IllegalStateException for a syntax error */
    static Module parse(String path, String source) {
        Compiler compiler = new Compiler(System.err);
        compiler.disableThreads();
        CompilerOptions options = new CompilerOptions();
        options.setLanguageIn(LanguageMode.UNSUPPORTED);
        compiler.initOptions(options);
        Node root = compiler.parse(SourceFile.fromCode(path, source));
        if (compiler.getErrorCount() > 0) {
            throw new IllegalStateException(path + " is no module that the bundler can read");
        }
        Module module = new Module(
                path,
                source,
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>(),
                new LinkedHashSet<>());
        module.walk(root);
        return module;
    }

    private void walk(Node node) {
        see(node);
        children(node).forEach(this::walk);
    }

    private void see(Node node) {
        if (node.isImport()) {
            imports.add(node.getLastChild().getString());
        } else if (node.isExport()) {
            seeExport(node);
        } else if (node.getToken() == Token.DYNAMIC_IMPORT) {
            if (!node.getFirstChild().isStringLit()) {
                throw new IllegalStateException(path + " imports a module whose path is not a plain string");
            }
            lazyImports.add(node.getFirstChild().getString());
        }
    }

    private void seeExport(Node export) {
        Node exported = export.getFirstChild();
        if (export.hasTwoChildren()) {
            imports.add(export.getLastChild().getString());
        }
        if (export.getBooleanProp(Node.EXPORT_ALL_FROM)) {
            passedOn.add(export.getLastChild().getString());
        } else if (export.getBooleanProp(Node.EXPORT_DEFAULT)) {
            exports.add("default");
        } else if (exported.getToken() == Token.EXPORT_SPECS) {
            children(exported).forEach(spec -> exports.add(spec.getLastChild().getString()));
        } else if (exported.isFunction() || exported.isClass()) {
            exports.add(exported.getFirstChild().getString());
        } else {
            children(exported).forEach(name -> exports.add(name.getString()));
        }
    }

    private static Stream<Node> children(Node node) {
        return Stream.iterate(node.getFirstChild(), Objects::nonNull, Node::getNext);
    }
}
