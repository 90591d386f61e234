package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.microsoft.bot.restclient.serializer.JacksonAdapter;

/**
 * Writes the SDK's schema types as the Bot Connector knows them. The SDK's own adapter also writes the field that keeps the members which a
 * type does not know, as {@code properties}, beside those members themselves.
 */
final class SchemaJson extends JacksonAdapter {

    SchemaJson() {
        // The adapter's mapper writes each bean by way of its simple one.
        serializer().setAnnotationIntrospector(new WithoutOverflow());
        simpleMapper().setAnnotationIntrospector(new WithoutOverflow());
    }

    private static final class WithoutOverflow extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean hasIgnoreMarker(AnnotatedMember member) {
            return super.hasIgnoreMarker(member)
                    || (member instanceof AnnotatedField
                            && member.getName().equals("properties")
                            && member.getDeclaringClass().getPackageName().equals("com.microsoft.bot.schema"));
        }
    }
}
