import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Division of modules into chunks: one for the entry, one for each module that is imported when it is wanted, and one for
 * each large group of modules that several of these share; a small group goes into the last chunk that is loaded before any of
 * them, for a request costs more than its bytes. What is shared only by parts that somebody opens is large sooner: its bytes
 * would be on the way of the first look. No module is in two chunks, and a chunk has nothing that is loaded in any case before it
 * is wanted.
 */
final class Chunks {

    /**
     * Files that a browser fetches together.
     *
     * @param modules paths, dependencies first
     * @param needs names of the chunks that must be loaded before
     */
    record Chunk(String name, List<String> modules, Set<String> needs) {}

    /** Least length of the code of a large group, in characters without comments. */
    private static final int LARGE = 12_288;

    /** The same of a group that the first look does not need. */
    private static final int LARGE_ON_DEMAND = 1_280;

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final Sources sources;
    private final String entry;
    private final Set<String> firstLook;

    /** Roots of chunks, each with all its dependencies. */
    private final Map<String, Set<String>> closures = new LinkedHashMap<>();

    /** Modules that are always loaded before one of the roots. */
    private final Map<String, Set<String>> loaded = new LinkedHashMap<>();

    private Chunks(Sources sources, String entry, Collection<String> firstLook) {
        this.sources = sources;
        this.entry = entry;
        this.firstLook = Set.copyOf(firstLook);
    }

    /**
     * The chunks of an entry, those first that others need.
     *
     * @param firstLook modules beside the entry with which chunks of the first look begin
     */
    static List<Chunk> of(Sources sources, String entry, Collection<String> firstLook) {
        Chunks chunks = new Chunks(sources, entry, firstLook);
        chunks.findRoots(entry);
        chunks.findLoaded();
        return chunks.divide();
    }

    private void findRoots(String root) {
        if (closures.containsKey(root)) {
            return;
        }
        closures.put(root, sources.needs(root));
        closures.get(root).stream()
                .map(sources::module)
                .forEach(module ->
                        module.lazyImports().forEach(specifier -> findRoots(Sources.resolve(module, specifier))));
    }

    /** Shrinks the sets of loaded modules until each has only the modules that all ways to its root load. */
    private void findLoaded() {
        Set<String> everything = closures.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        closures.keySet().forEach(root -> loaded.put(root, root.equals(entry) ? Set.of() : everything));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String root : closures.keySet()) {
                Set<String> shrunk = new LinkedHashSet<>(loaded.get(root));
                closures.forEach((importer, closure) -> {
                    if (importsLazily(closure, root)) {
                        shrunk.removeIf(path ->
                                !closure.contains(path) && !loaded.get(importer).contains(path));
                    }
                });
                changed |= shrunk.size() < loaded.put(root, shrunk).size();
            }
        }
    }

    private boolean importsLazily(Set<String> closure, String root) {
        return closure.stream()
                .map(sources::module)
                .anyMatch(module -> module.lazyImports().stream()
                        .anyMatch(
                                specifier -> Sources.resolve(module, specifier).equals(root)));
    }

    private List<Chunk> divide() {
        Map<Set<String>, List<String>> groups = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        closures.values()
                .forEach(closure -> closure.stream()
                        .filter(seen::add)
                        .forEach(path -> groups.computeIfAbsent(owners(path), owners -> new ArrayList<>())
                                .add(path)));
        moveSmallGroups(groups);
        Map<String, String> chunkOf = new LinkedHashMap<>();
        Map<String, List<String>> chunks = new LinkedHashMap<>();
        groups.values().forEach(paths -> {
            String name = uniqueName(paths, chunks.keySet());
            chunks.put(name, paths);
            paths.forEach(path -> chunkOf.put(path, name));
        });
        return order(chunks, chunkOf);
    }

    private static int codeLength(String source) {
        return SPACE.matcher(COMMENT.matcher(source).replaceAll(""))
                .replaceAll(" ")
                .length();
    }

    private void moveSmallGroups(Map<Set<String>, List<String>> groups) {
        List<Set<String>> small = groups.keySet().stream()
                .filter(owners -> owners.size() > 1)
                .filter(owners -> groups.get(owners).stream()
                                .mapToInt(path -> codeLength(sources.text(path)))
                                .sum()
                        < (isOnDemand(owners) ? LARGE_ON_DEMAND : LARGE))
                .toList();
        for (Set<String> owners : small) {
            List<String> moved = groups.remove(owners);
            String before = closures.keySet().stream()
                    .filter(root ->
                            owners.stream().allMatch(owner -> loaded.get(owner).containsAll(closures.get(root))))
                    .reduce((one, later) -> later)
                    .orElse(entry);
            // First, because modules of that chunk need none of them.
            groups.get(Set.of(before)).addAll(0, moved);
        }
    }

    private boolean isOnDemand(Set<String> owners) {
        return !owners.contains(entry) && Collections.disjoint(owners, firstLook);
    }

    private Set<String> owners(String path) {
        return closures.keySet().stream()
                .filter(root ->
                        closures.get(root).contains(path) && !loaded.get(root).contains(path))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Name of the last module, which needs the others. */
    private static String uniqueName(List<String> paths, Collection<String> taken) {
        String file = paths.getLast().replaceAll(".*/|\\.js$", "");
        String name = file;
        for (int i = 2; taken.contains(name); i++) {
            name = file + "-" + i;
        }
        return name;
    }

    private List<Chunk> order(Map<String, List<String>> chunks, Map<String, String> chunkOf) {
        Map<String, Chunk> ordered = new LinkedHashMap<>();
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        chunks.forEach((name, paths) -> needs.put(
                name,
                paths.stream()
                        .map(sources::module)
                        .flatMap(module ->
                                module.imports().stream().map(specifier -> Sources.resolve(module, specifier)))
                        .map(chunkOf::get)
                        .filter(other -> !other.equals(name))
                        .collect(Collectors.toCollection(LinkedHashSet::new))));
        while (ordered.size() < chunks.size()) {
            List<String> ready = chunks.keySet().stream()
                    .filter(name ->
                            !ordered.containsKey(name) && ordered.keySet().containsAll(needs.get(name)))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("Chunks need each other: " + needs);
            }
            ready.forEach(name -> ordered.put(name, new Chunk(name, chunks.get(name), needs.get(name))));
        }
        return List.copyOf(ordered.values());
    }
}
