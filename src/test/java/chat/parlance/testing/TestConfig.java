package chat.parlance.testing;

import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.config.ParlanceConfig;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A configuration as a command line makes it. */
public final class TestConfig {

    private TestConfig() {}

    /**
     * @param flags {@code --key=value} each
     * @param environment variables
     */
    public static ParlanceConfig load(List<String> flags, Map<String, String> environment) {
        ConfigFlags keys = new ConfigFlags();
        CommandSpec command = CommandSpec.create();
        keys.addTo(command);
        new CommandLine(command).setOverwrittenOptionsAllowed(true).parseArgs(flags.toArray(String[]::new));
        return ConfigLoader.load(keys, environment);
    }
}
