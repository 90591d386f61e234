package io.obstat.decision.quarkus;

import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.InvalidDirectoryFileException;
import io.obstat.decision.directory.Listing;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.directory.RefusedException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the directory say what its file says, before anybody is served. */
@ApplicationScoped
class DirectoryStart {

    private static final Logger LOG = Logger.getLogger(DirectoryStart.class);

    /** For all statements together; each has its own, shorter limit. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** @throws InvalidDirectoryFileException when the file cannot be used, so that a mistake stops the start and takes nobody's rights away */
    void read(@Observes StartupEvent start, DecisionConfig config, Listings listings) {
        Optional<Path> file = config.directoryFile();
        Listing listing = file.map(DirectoryFile::read).orElse(Listing.NONE);
        try {
            if (listings.apply(listing).await().atMost(PATIENCE)) {
                LOG.infof(
                        "The directory has %d people and %d agents from %s",
                        listing.people().size(),
                        listing.agents().size(),
                        file.map(Path::toString).orElse("no file: obstat.decision.directory-file is not set any more"));
            }
        } catch (RefusedException e) {
            throw new InvalidDirectoryFileException(
                    "The directory file %s: %s"
                            .formatted(file.map(Path::toString).orElse("none"), e.getMessage()),
                    e);
        }
    }
}
