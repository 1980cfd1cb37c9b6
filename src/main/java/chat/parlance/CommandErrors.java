package chat.parlance;

import chat.parlance.error.ExitCode;
import chat.parlance.error.NearestName;
import chat.parlance.error.StartupException;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Errors of the command line as lines for people, and their exit codes. */
final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        print(wrong.getCommandLine(), lines(wrong));
        return ExitCode.USAGE.code();
    }

    @Override
    public int handleExecutionException(Exception failed, CommandLine command, ParseResult parsed) {
        if (failed instanceof StartupException refused) {
            print(command, refused.lines().toList());
            return refused.exitCode().code();
        }
        print(command, List.of(parsed.commandSpec().name() + " failed: " + failed));
        return ExitCode.FAILED.code();
    }

    private static void print(CommandLine command, List<String> lines) {
        lines.forEach(line -> command.getErr().println("parlance: " + line));
        command.getErr().flush();
    }

    private static List<String> lines(ParameterException wrong) {
        if (wrong instanceof MissingParameterException missing
                && missing.getMissing().getFirst() instanceof OptionSpec option) {
            return List.of("flag %1$s has no value, give it as %1$s=VALUE".formatted(option.longestName()));
        }
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> flags = unmatched.getUnmatched().stream()
                    .filter(argument -> argument.startsWith("-"))
                    .toList();
            CommandLine command = wrong.getCommandLine();
            return flags.isEmpty()
                    ? List.of(unknownArgument(command, unmatched.getUnmatched().getFirst()))
                    : flags.stream().map(flag -> unknownFlag(command, flag)).toList();
        }
        return List.of(wrong.getMessage());
    }

    private static String unknownFlag(CommandLine command, String argument) {
        String flag = argument.replaceFirst("=.*", "");
        Set<String> known = command.getCommandSpec().optionsMap().keySet();
        return "there is no flag " + flag + meant(flag, known, ", see parlance --help");
    }

    private static String unknownArgument(CommandLine command, String argument) {
        Set<String> commands = command.getSubcommands().keySet();
        return commands.isEmpty()
                ? "unexpected argument " + argument
                : "there is no command " + argument + meant(argument, commands, ", see parlance --help");
    }

    private static String meant(String unknown, Set<String> known, String otherwise) {
        return NearestName.of(unknown, known)
                .map(near -> ", did you mean " + near + "?")
                .orElse(otherwise);
    }
}
