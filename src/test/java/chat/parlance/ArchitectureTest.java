package chat.parlance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.config.ParlanceConfig;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for the dependencies between packages, see docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "chat.parlance", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ROOT = "chat.parlance";
    private static final Pattern TABLE_ROW = Pattern.compile("\\| `([a-z.]+)` \\|.*\\|([^|]*)\\|");
    private static final int MAX_COMPONENTS_OF_ONE_TYPE = 4;

    /** Records that are rows of a table, whose columns come by name from one statement. */
    private static final List<String> WIDE_ROWS = List.of("chat.parlance.persistence.HistoryReader$StoredEvent");

    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("chat.parlance.(*)..").should().beFreeOfCycles();

    @ArchTest
    static void packagesUseOnlyThoseInTheTableOfTheArchitecture(JavaClasses classes) throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass user : classes) {
            Set<String> used = uses.computeIfAbsent(feature(user), first -> new TreeSet<>());
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> feature(dependency.getTargetClass().getBaseComponentType()))
                    .filter(feature -> !feature.isEmpty() && !feature.equals(feature(user)))
                    .forEach(used::add);
        }
        uses.remove(ROOT);
        assertThat(uses).isEqualTo(table());
    }

    /** Package of a type below the project's root; empty for types of other projects. */
    private static String feature(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(ROOT)) {
            return ROOT;
        }
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
    }

    private static Map<String, Set<String>> table() throws IOException {
        Map<String, Set<String>> table = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of("docs/ARCHITECTURE.md"))) {
            lines.map(TABLE_ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> table.put(
                            row.group(1),
                            NAME.matcher(row.group(2))
                                    .results()
                                    .map(name -> name.group(1))
                                    .collect(Collectors.toCollection(TreeSet::new))));
        }
        table.remove(ROOT);
        return table;
    }

    @ArchTest
    static final ArchRule MODEL_KNOWS_THE_JDK_ERRORS_AND_TEXT_ALONE = classes()
            .that()
            .resideInAPackage("..model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..model..", "..error..", "chat.parlance.text", "org.jspecify..");

    @ArchTest
    static final ArchRule ROOMS_KNOW_NO_TRANSPORT_AND_NO_DATABASE = classes()
            .that()
            .resideInAPackage("..room..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "..room..",
                    "..model..",
                    "..error..",
                    "..log..",
                    "..setting..",
                    "io.vertx.core",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule SEARCH_KNOWS_NO_TRANSPORT_AND_NO_DATABASE = classes()
            .that()
            .resideInAPackage("..search..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "..search..",
                    "..room..",
                    "..model..",
                    "..error..",
                    "..log..",
                    "..setting..",
                    "chat.parlance.text",
                    "io.vertx.core",
                    "org.jspecify..",
                    "org.slf4j..");

    @ArchTest
    static final ArchRule ONLY_PERSISTENCE_TALKS_SQL = noClasses()
            .that()
            .resideOutsideOfPackage("..persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..", "org.flywaydb..");

    @ArchTest
    static final ArchRule ONLY_CLUSTER_KNOWS_HAZELCAST = noClasses()
            .that()
            .resideOutsideOfPackage("..cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

    @ArchTest
    static final ArchRule ONLY_WEBSOCKET_KNOWS_THE_CODEC_OF_WEBSOCKETS = noClasses()
            .that()
            .resideOutsideOfPackage("..websocket..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.handler.codec.http.websocketx..");

    @ArchTest
    static final ArchRule ONLY_THE_DOORS_KNOW_THE_CODEC_OF_HTTP = noClasses()
            .that()
            .resideOutsideOfPackages("..http..", "..websocket..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty.handler.codec.http..");

    @ArchTest
    static final ArchRule JSON_KNOWS_NO_OTHER_LANGUAGE = noClasses()
            .that()
            .resideInAPackage("..json..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("chat.parlance.lines");

    @ArchTest
    static final ArchRule LINES_KNOW_NO_OTHER_LANGUAGE = noClasses()
            .that()
            .resideInAPackage("..lines..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("chat.parlance.json");

    @ArchTest
    static final ArchRule CONNECTIONS_KNOW_NO_LANGUAGE_AND_NO_TRANSPORT = noClasses()
            .that()
            .resideInAPackage("..connection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "chat.parlance.json",
                    "chat.parlance.lines",
                    "..websocket..",
                    "io.netty.handler..",
                    "io.netty.channel..",
                    "io.vertx.core.http..",
                    "io.vertx.ext.web..");

    @ArchTest
    static final ArchRule ONLY_TEXT_KNOWS_UNICODE_DATA_AND_MARKDOWN = noClasses()
            .that()
            .resideOutsideOfPackage("chat.parlance.text")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.ibm.icu..", "org.commonmark..");

    @ArchTest
    static final ArchRule ONLY_THE_DOORS_KNOW_VERTX_WEB = noClasses()
            .that()
            .resideOutsideOfPackages("..http..", "..websocket..")
            .and()
            .doNotHaveFullyQualifiedName("chat.parlance.Verticles")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..");

    /** A record of many values of one type is filled in the wrong order one day: nested records give them names. */
    @ArchTest
    static void recordsHaveFewComponentsOfOneType(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(JavaClass::isRecord)
                        .map(JavaClass::reflect)
                        .filter(type -> largestGroup(type) > MAX_COMPONENTS_OF_ONE_TYPE)
                        .map(Class::getName))
                .containsExactlyInAnyOrderElementsOf(WIDE_ROWS);
    }

    private static long largestGroup(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .collect(groupingBy(RecordComponent::getGenericType, counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** A key that nothing reads has no effect. */
    @ArchTest
    static void everyKeyOfTheConfigurationIsRead(JavaClasses classes) {
        assertThat(unread(classes, ParlanceConfig.class)).isEmpty();
    }

    private static List<String> unread(JavaClasses classes, Class<?> settings) {
        JavaClass owner = classes.get(settings);
        List<String> unread = new ArrayList<>();
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = component.getName();
            boolean isCalled = !owner.getMethod(name).getCallsOfSelf().isEmpty()
                    || !owner.getMethod(name).getReferencesToSelf().isEmpty();
            boolean isReadInside = owner.getField(name).getAccessesToSelf().stream()
                    .anyMatch(access -> access.getAccessType() == JavaFieldAccess.AccessType.GET
                            && !access.getOrigin().getName().equals(name));
            if (!isCalled && !isReadInside) {
                unread.add(settings.getSimpleName() + "." + name);
            }
            if (component.getType().isRecord()) {
                unread.addAll(unread(classes, component.getType()));
            }
        }
        return unread;
    }

    /** CVE-2026-6860: the cache of contexts by name has no bound in Vert.x 5.0.10. */
    @ArchTest
    static final ArchRule NO_SERVER_HAS_SNI =
            noClasses().should().callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("setSni")));
}
