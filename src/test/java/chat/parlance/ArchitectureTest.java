package chat.parlance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house, see docs/ARCHITECTURE.md. */
@AnalyzeClasses(packages = "chat.parlance", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("chat.parlance.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule MODEL_KNOWS_THE_JDK_AND_ERRORS_ALONE = classes()
            .that()
            .resideInAPackage("..model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "..model..", "..error..", "org.jspecify..");

    @ArchTest
    static final ArchRule ROOMS_KNOW_NO_TRANSPORT_AND_NO_DATABASE = classes()
            .that()
            .resideInAPackage("..room..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "..room..", "..model..", "..error..", "io.vertx.core", "org.jspecify..", "org.slf4j..");

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
    static final ArchRule ONLY_THE_DOORS_KNOW_VERTX_WEB = noClasses()
            .that()
            .resideOutsideOfPackages("..http..", "..websocket..")
            .and()
            .doNotHaveFullyQualifiedName("chat.parlance.Verticles")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.ext.web..");
}
