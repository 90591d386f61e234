package io.obstat.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** An event's data as it lies in a leaf. */
public sealed interface Content {
    /**
     * The data itself.
     *
     * @param data as the record carried it, but for the hashed fields
     * @param hashed JSON pointers (RFC 6901) of the fields whose text is replaced by its {@code sha256:…}
     */
    record Whole(ObjectNode data, List<String> hashed) implements Content {
        public Whole {
            data = data.deepCopy();
            hashed = List.copyOf(hashed);
        }

        /** A copy. */
        @Override
        public ObjectNode data() {
            return data.deepCopy();
        }
    }

    /**
     * The digest in place of data that a leaf cannot hold; the data stays in the source topic for as long as that keeps it.
     *
     * @param digest {@code sha256:…} over the record's value
     * @param bytes length of the value
     * @param because why the data is not here
     */
    record Digested(String digest, long bytes, Because because) implements Content {}

    /** Why data enters by digest. */
    enum Because {
        /** The leaf would have more than {@link LedgerLeaf#MOST_BYTES} bytes. */
        @JsonProperty("too-large")
        TOO_LARGE,
        /** It holds a number or text that RFC 8785 cannot keep. */
        @JsonProperty("not-canonical")
        NOT_CANONICAL
    }
}
