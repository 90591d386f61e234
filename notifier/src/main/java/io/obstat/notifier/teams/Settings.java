package io.obstat.notifier.teams;

/** What the settings are called, for messages that name them. */
final class Settings {

    static final String APP_ID = "teams.app";
    static final String APP_SECRET = "teams.appSecret";
    static final String TENANT_ID = "teams.tenant";
    static final String SERVICE_URLS = "obstat.notifier.teams.service-url";
    static final String EMULATOR = "obstat.notifier.teams.emulator";
    static final String METADATA_URL = "obstat.notifier.teams.openid-metadata-url";
    static final String TOKEN_URL = "obstat.notifier.teams.token-url";

    private Settings() {}
}
