package chat.parlance;

import chat.parlance.backup.BackupCommand;
import chat.parlance.backup.RestoreCommand;
import chat.parlance.bench.BenchCommand;
import chat.parlance.build.Build;
import chat.parlance.doctor.DoctorCommand;
import chat.parlance.verification.VerifyCommand;
import java.security.Security;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command line; without a command it starts a node. */
public final class Parlance {

    private static final String NAME = "parlance";
    private static final String DNS_CACHE_SECONDS = "1";
    private static final int MAX_HELP_COLUMNS = 120;

    /** The many keys come last. */
    private static final List<String> HELP_OF_START = List.of(
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST);

    private Parlance() {}

    public static void main(String[] arguments) {
        // Before the first lookup. The addresses of cluster.members change as nodes come and go.
        Security.setProperty("networkaddress.cache.ttl", DNS_CACHE_SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", DNS_CACHE_SECONDS);
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("hazelcast.logging.type", "slf4j");
        System.exit(line().execute(arguments));
    }

    /** All commands with their options. */
    static CommandLine line() {
        CommandLine line = ofStart(NAME, "parlance [start] [--KEY=VALUE ...] | parlance COMMAND ...")
                .addSubcommand(ofStart("start", "parlance start [--KEY=VALUE ...]"))
                .addSubcommand(new BenchCommand())
                .addSubcommand(VerifyCommand.line())
                .addSubcommand(DoctorCommand.line())
                .addSubcommand(BackupCommand.line())
                .addSubcommand(RestoreCommand.line())
                .addSubcommand(AdminCommand.line())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand());
        addHelp(line);
        return line.setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpWidth(MAX_HELP_COLUMNS)
                .setExecutionStrategy(Parlance::execute)
                .setParameterExceptionHandler(new CommandErrors())
                .setExecutionExceptionHandler(new CommandErrors());
    }

    private static CommandLine ofStart(String name, String synopsis) {
        CommandLine line = StartCommand.line(name);
        line.getCommandSpec()
                .versionProvider(() -> Build.load().describe().lines().toArray(String[]::new))
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version, commit, build time, Java and version of the schema.")
                        .build())
                .usageMessage()
                .customSynopsis(synopsis)
                .sortOptions(false)
                .sectionKeys(HELP_OF_START);
        return line;
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Print this help.")
                        .build());
        line.getSubcommands().values().stream()
                .filter(command -> !(command.getCommand() instanceof HelpCommand))
                .forEach(Parlance::addHelp);
    }

    private static int execute(ParseResult parsed) {
        if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    "flag " + parsed.matchedOptions().getFirst().longestName() + " stands before the command "
                            + parsed.subcommand().commandSpec().name() + ", and belongs after it");
        }
        return new RunLast().execute(parsed);
    }
}
