package social.coral.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.View;

/** Redirects the browser to another page: the whole page, even from a form in the dialog. */
record SeeOther(String address, @Nullable Toast toast) implements View {

    @Override
    public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response) {
        boolean fromDialog = "dialog-content".equals(request.getHeader("HX-Target"));
        if (toast != null) {
            toast.leave(PageResult.isForScript(request) && !fromDialog, request, response);
        }
        if (fromDialog) {
            response.setHeader("HX-Redirect", address);
        } else {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(HttpHeaders.LOCATION, address);
        }
    }
}
