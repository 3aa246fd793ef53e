package dev.tidecast.cli;

import dev.tidecast.kernel.Kernels;
import picocli.CommandLine.IVersionProvider;

/** {@code --version}: what runs here. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "tidecast " + number(),
            "java     " + System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor") + ", "
                    + System.getProperty("java.home"),
            "kernels  " + Kernels.describe(),
        };
    }

    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "from classes" : version;
    }
}
