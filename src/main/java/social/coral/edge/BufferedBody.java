package social.coral.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tomcat.util.http.Parameters;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * A request whose body has been read and can be read again. Its form is parsed here: Tomcat would allocate as much as the request
 * announces.
 */
final class BufferedBody extends HttpServletRequestWrapper {

    private static final int MAX_FIELDS = 1_000;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final byte[] body;
    private @Nullable Map<String, String[]> parameters;

    /** The request's own stream must have been asked for, so that Tomcat leaves the body alone. */
    BufferedBody(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** The body of a request, however it was wrapped since; empty when it has none. */
    static byte[] of(HttpServletRequest request) {
        BufferedBody held = WebUtils.getNativeRequest(request, BufferedBody.class);
        return held == null ? new byte[0] : held.body;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        if (parameters == null) {
            parameters = Collections.unmodifiableMap(isForm() ? withForm(super.getParameterMap()) : super.getParameterMap());
        }
        return parameters;
    }

    private boolean isForm() {
        String type = getContentType();
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(FORM) && getMethod().equals("POST");
    }

    private Map<String, String[]> withForm(Map<String, String[]> query) {
        Parameters form = new Parameters();
        form.setCharset(StandardCharsets.UTF_8);
        form.setLimit(MAX_FIELDS);
        form.processParameters(body, 0, body.length);
        Map<String, String[]> all = new LinkedHashMap<>(query);
        for (String name : Collections.list(form.getParameterNames())) {
            all.merge(name, form.getParameterValues(name), BufferedBody::joined);
        }
        return all;
    }

    private static String[] joined(String[] first, String[] then) {
        String[] all = Arrays.copyOf(first, first.length + then.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = getParameterMap().get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(getParameterMap().keySet());
    }

    @Override
    public ServletInputStream getInputStream() {
        ByteArrayInputStream source = new ByteArrayInputStream(body);
        return new ServletInputStream() {

            @Override
            public int read() {
                return source.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return source.read(buffer, offset, length);
            }

            @Override
            public boolean isFinished() {
                return source.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException("bodies are read by the thread that asks");
            }
        };
    }
}
