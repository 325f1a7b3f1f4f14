package social.coral.operations;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import social.coral.installation.InstallationSettings;

@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    /** A worker serves its health and nothing else: nobody should sign in on a process that no load balancer routes to. */
    @Bean
    FilterRegistrationBean<Filter> healthOnly(InstallationSettings settings) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            if (((HttpServletRequest) request).getRequestURI().startsWith("/actuator/")) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_FOUND);
            }
        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setEnabled(!settings.role().serves());
        return registration;
    }
}
