package io.larder.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "larder "
                    + (version == null ? "(not packaged)" : version)
                    + " on Java "
                    + Runtime.version().feature()
        };
    }
}
