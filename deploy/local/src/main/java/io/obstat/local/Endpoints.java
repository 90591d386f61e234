package io.obstat.local;

/**
 * How the parts are reached, from each other and from outside.
 *
 * @param ports where the parts of our own listen
 * @param infrastructure own or given Kafka and PostgreSQL
 */
public record Endpoints(Ports ports, Infrastructure infrastructure) {

    public static final String DATABASE = "obstat";
    public static final String USER = "obstat";
    public static final String PASSWORD = "obstat";

    /** The database of the demo, beside that of the services. */
    public static final String DEMO_DATABASE = "demo";

    public String bootstrapServers() {
        return switch (infrastructure.broker()) {
            case Infrastructure.Broker.Own() -> "localhost:" + ports.of(PartName.BROKER);
            case Infrastructure.Broker.Given(String servers) -> servers;
        };
    }

    /** The services' database. A database of our own belongs to {@link #USER}. */
    public Infrastructure.Database.Given database() {
        return switch (infrastructure.database()) {
            case Infrastructure.Database.Own() ->
                new Infrastructure.Database.Given("localhost", ports.of(PartName.POSTGRES), DATABASE, USER, PASSWORD);
            case Infrastructure.Database.Given given -> given;
        };
    }

    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    public String reactiveUrl() {
        Infrastructure.Database.Given at = database();
        return "postgresql://%s:%d/%s".formatted(at.host(), at.port(), at.database());
    }

    /** The demo's database, on the same server as that of the services. */
    public String demoJdbcUrl() {
        Infrastructure.Database.Given at = database();
        return "jdbc:postgresql://%s:%d/%s".formatted(at.host(), at.port(), DEMO_DATABASE);
    }

    /** The issuer's identifier, under which its discovery document lies. */
    public String issuer() {
        return url(PartName.ISSUER) + "/obstat";
    }

    /** Where this part answers HTTP. */
    public String url(PartName part) {
        return "http://localhost:" + ports.of(part);
    }

    public String inbox() {
        return url(PartName.DECISION_SERVICE) + "/inbox";
    }

    /** The page with the fake chats. */
    public String chat() {
        return url(PartName.FAKE_CHAT);
    }

    public String ledger() {
        return url(PartName.AUDIT_LEDGER) + "/ledger";
    }
}
