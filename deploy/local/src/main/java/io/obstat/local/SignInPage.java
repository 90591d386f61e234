package io.obstat.local;

import java.util.List;

/** The local issuer's sign-in page: one button a person, nothing to type. */
final class SignInPage {

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Sign in – Obstat (local)</title>
            <style>
              :root { color-scheme: light dark; }
              body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 12vh auto 0; padding: 0 1rem; }
              h1 { font-size: 1.3rem; margin: 0 0 .25rem; }
              p { margin: 0 0 1.25rem; opacity: .8; }
              button { display: block; width: 100%%; text-align: left; font: inherit; color: inherit; background: transparent;
                       border: 1px solid color-mix(in srgb, currentColor 35%%, transparent); border-radius: 8px; padding: .6rem .9rem; margin: 0 0 .6rem; cursor: pointer; }
              button:hover { background: color-mix(in srgb, currentColor 7%%, transparent); }
              button:focus-visible { outline: 3px solid #2f6fde; outline-offset: 2px; }
              strong { display: block; }
              span { font-size: .9rem; opacity: .8; }
            </style>
            </head>
            <body>
            <main>
            <h1>Sign in to Obstat</h1>
            <p>This identity provider is for this machine only. Who do you want to be?</p>
            <form method="post">
            %s</form>
            </main>
            </body>
            </html>
            """;

    private SignInPage() {}

    static String html(List<People.LocalPerson> people) {
        var buttons = new StringBuilder();
        for (People.LocalPerson person : people) {
            buttons.append("<button type=\"submit\" name=\"username\" value=\"%1$s\"><strong>%1$s</strong><span>%2$s · %3$s</span></button>\n"
                    .formatted(person.subject(), String.join(", ", person.groups()), person.about()));
        }
        return PAGE.formatted(buttons);
    }
}
