package dev.ratchet.task.http;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the heads of the responses of one connection. Before an answer a server may send as many informational ones as it
 * likes, each of which is read and forgotten: beyond a few it only keeps a processor busy.
 */
final class ResponseHeads extends DefaultHttpResponseParser {
    /** Informational responses to one request. */
    static final int MAX_INFORMATIONAL = 20;

    private static final int FIRST_FINAL = 200;

    private int informational;

    ResponseHeads(Http1Config config) {
        super(config);
    }

    @Override
    protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
        ClassicHttpResponse response = super.createMessage(line);
        informational = response.getCode() < FIRST_FINAL ? informational + 1 : 0;
        if (informational > MAX_INFORMATIONAL) {
            throw new TooMany();
        }
        return response;
    }

    /** More informational responses than anybody needs: {@code output_too_large}. */
    static final class TooMany extends IOException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("Expected at most " + MAX_INFORMATIONAL
                    + " informational responses before the answer, but there are more");
        }
    }
}
