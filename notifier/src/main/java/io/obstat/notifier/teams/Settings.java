package io.obstat.notifier.teams;

/** What the settings are called, for messages that name them. */
final class Settings {

    static final String APP_ID = "obstat.notifier.teams.app-id";
    static final String APP_SECRET = "obstat.notifier.teams.app-secret";
    static final String TENANT_ID = "obstat.notifier.teams.tenant-id";
    static final String SERVICE_URLS = "obstat.notifier.teams.service-urls";
    static final String EMULATOR = "obstat.notifier.teams.emulator";
    static final String METADATA_URL = "obstat.notifier.teams.metadata-url";
    static final String TOKEN_URL = "obstat.notifier.teams.token-url";

    private Settings() {}
}
