package io.obstat.notifier.slack;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.slack.api.model.block.element.RichTextSectionElement.TextStyle;
import com.slack.api.util.json.GsonFactory;
import java.lang.reflect.Type;

/** Writes the SDK's models as Slack documents them. The SDK itself writes styles that Slack does not know, if only as false. */
final class SlackJson {

    private static final Gson GSON = GsonFactory.createSnakeCase()
            .newBuilder()
            .registerTypeAdapter(TextStyle.class, new Styles())
            .create();

    private SlackJson() {}

    static String write(Object model) {
        return GSON.toJson(model);
    }

    private static final class Styles implements JsonSerializer<TextStyle> {

        @Override
        public JsonElement serialize(TextStyle style, Type type, JsonSerializationContext context) {
            var json = new JsonObject();
            if (style.isBold()) {
                json.addProperty("bold", true);
            }
            if (style.isItalic()) {
                json.addProperty("italic", true);
            }
            if (style.isCode()) {
                json.addProperty("code", true);
            }
            return json;
        }
    }
}
