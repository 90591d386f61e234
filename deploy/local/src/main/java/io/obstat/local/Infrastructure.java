package io.obstat.local;

/**
 * What the services stand on: of our own, or given from outside.
 *
 * @param broker the Kafka to use
 * @param database the PostgreSQL to use
 */
public record Infrastructure(Broker broker, Database database) {

    /** Which Kafka. */
    public sealed interface Broker {
        /** One that the stack starts. */
        record Own() implements Broker {}

        /** One that runs already. The stack makes the topics there that it lacks. */
        record Given(String bootstrapServers) implements Broker {}
    }

    /** Which PostgreSQL. */
    public sealed interface Database {
        /** One that the stack starts. */
        record Own() implements Database {}

        /** One that runs already, with a database that the user owns. */
        record Given(String host, int port, String database, String user, String password) implements Database {}
    }

    /** Everything started by the stack. */
    public static Infrastructure own() {
        return new Infrastructure(new Broker.Own(), new Database.Own());
    }
}
