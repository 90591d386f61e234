package io.obstat.local;

import java.time.Duration;

/** Who wants to know what a stack is doing. Called from several threads at a time. */
public interface Progress {

    /** The part is being started. */
    void starting(Part part);

    /** The part was started and is ready. */
    void ready(Part part, Duration took);

    /** The part was running already and is ready. */
    void alreadyUp(Part part);

    /** The part was stopped. */
    void stopped(Part part, Duration took);

    /** Nobody wants to know. */
    Progress SILENT = new Progress() {
        @Override
        public void starting(Part part) {}

        @Override
        public void ready(Part part, Duration took) {}

        @Override
        public void alreadyUp(Part part) {}

        @Override
        public void stopped(Part part, Duration took) {}
    };
}
