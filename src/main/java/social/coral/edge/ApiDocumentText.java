package social.coral.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.stereotype.Component;

/** The API's description, which is the same for everybody: written out once, where springdoc would do so for each request. */
@Component
class ApiDocumentText extends OpenApiWebMvcResource {

    private volatile byte @Nullable [] json;
    private volatile byte @Nullable [] yaml;

    ApiDocumentText(
            ObjectFactory<OpenAPIService> documents,
            AbstractRequestService requests,
            GenericResponseService responses,
            OperationService operations,
            SpringDocConfigProperties settings,
            SpringDocProviders providers,
            SpringDocCustomizers customizers) {
        super(documents, requests, responses, operations, settings, providers, customizers);
    }

    @Override
    public byte[] openapiJson(HttpServletRequest request, String address, Locale locale) throws JsonProcessingException {
        byte[] known = json == null ? super.openapiJson(request, address, locale) : json;
        json = known;
        return known;
    }

    @Override
    public byte[] openapiYaml(HttpServletRequest request, String address, Locale locale) throws JsonProcessingException {
        byte[] known = yaml == null ? super.openapiYaml(request, address, locale) : yaml;
        yaml = known;
        return known;
    }
}
