package io.obstat.ledger.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    @Test
    void shouldKnowWhetherAConsumerIsInTouchWithItsBroker() {
        // Given, When, Then: one of the consumers is enough, for the others have no group
        assertThat(inTouch(0)).isTrue();
        assertThat(inTouch(-1, 10)).isTrue();
        assertThat(inTouch(11)).isFalse();
        assertThat(inTouch(-1)).as("no heartbeat yet").isFalse();
        assertThat(inTouch()).as("no consumer yet").isFalse();
    }

    private static boolean inTouch(double... secondsAgo) {
        Map<MetricName, Metric> metrics = new HashMap<>();
        metrics.put(name("last-poll-seconds-ago", "1"), new Seconds(name("last-poll-seconds-ago", "1"), 0));
        for (int i = 0; i < secondsAgo.length; i++) {
            MetricName name = name("last-heartbeat-seconds-ago", "consumer-" + i);
            metrics.put(name, new Seconds(name, secondsAgo[i]));
        }
        return Heartbeats.inTouch(metrics, Duration.ofSeconds(10));
    }

    private static MetricName name(String name, String client) {
        return new MetricName(name, "consumer-coordinator-metrics", "", Map.of("client-id", client));
    }

    private record Seconds(MetricName metricName, double seconds) implements Metric {
        @Override
        public Object metricValue() {
            return seconds;
        }
    }
}
