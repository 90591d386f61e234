package io.obstat.local.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** A Kafka broker in KRaft mode: formats its storage the first time, then runs. */
public final class BrokerMain {

    /** Any fixed id will do: a local broker has a cluster to itself. */
    private static final String CLUSTER_ID = "T2JzdGF0LWxvY2FsLTAwMQ";

    private BrokerMain() {}

    /** @param args the path of {@code server.properties}, and the path of the data folder that it names */
    public static void main(String[] args) throws IOException {
        if (!Files.exists(Path.of(args[1], "meta.properties"))) {
            int status = StorageTool.execute(
                    new String[] {"format", "--cluster-id", CLUSTER_ID, "--config", args[0], "--standalone"}, System.out);
            if (status != 0) {
                System.exit(status);
            }
        }
        Kafka.main(new String[] {args[0]});
    }
}
