package io.obstat.ledger.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Whether consumers hear of their broker: they say that all is well as well while it is away, so they are asked for their last heartbeat. */
public final class Heartbeats {
    private Heartbeats() {}

    /**
     * Whether one of the consumers has sent a heartbeat lately. Before the first one, which comes a heartbeat interval after it joined its group, it
     * has not.
     *
     * @param metrics of one client, or of all that Kafka Streams has
     * @param longestSilence the session timeout: after so long the broker has given the consumer up
     */
    public static boolean inTouch(Map<MetricName, ? extends Metric> metrics, Duration longestSilence) {
        return metrics.values().stream()
                .filter(metric -> metric.metricName().name().equals("last-heartbeat-seconds-ago"))
                .mapToDouble(metric -> metric.metricValue() instanceof Number number ? number.doubleValue() : -1)
                // Negative: not yet.
                .anyMatch(seconds -> seconds >= 0 && seconds <= longestSilence.toSeconds());
    }
}
