package io.obstat.local.issuer;

import java.util.List;
import java.util.stream.Collectors;

/** The page to sign in on: one button a person, nothing to type. It posts to the address that it was got from. */
final class LoginPage {

    private static final String PAGE = """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Sign in · Obstat (local)</title>
          <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 32rem; padding: 2rem 1rem; }
            h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
            p { margin: 0 0 1.5rem; }
            form { display: grid; gap: .5rem; }
            button { font: inherit; text-align: left; padding: .6rem .8rem; border: 1px solid #767676; border-radius: .4rem;
                     background: transparent; color: inherit; cursor: pointer; }
            button:hover { background: color-mix(in srgb, currentColor 8%%, transparent); }
            button:focus-visible { outline: 3px solid #2563eb; outline-offset: 2px; }
                      </style>
        </head>
        <body>
          <main>
            <h1>Who are you today?</h1>
            <p>This issuer is for local use: it knows these people and asks for no password.</p>
            <form method="post">
        %s
            </form>
          </main>
        </body>
        </html>
        """;

    private LoginPage() {}

    /** The page for these people, whose names are ours and need no escaping. */
    static String render(List<Person> people) {
        return PAGE.formatted(people.stream().map(LoginPage::button).collect(Collectors.joining("\n")));
    }

    private static String button(Person person) {
        return """
            <button type="submit" name="username" value="%s"><strong>Sign in as %s</strong> — %s<br>
            <small>%s</small></button>\
            """.formatted(person.name(), person.name(), String.join(", ", person.groups()), person.about());
    }
}
