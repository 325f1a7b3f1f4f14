package social.coral.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

class StartSettingsTest {

    @Test
    void allSettingsAreReadBeforeAnythingIsBegun() {
        ClassPathScanningCandidateComponentProvider all = new ClassPathScanningCandidateComponentProvider(false);
        all.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<String> classes = all.findCandidateComponents("social.coral").stream().map(BeanDefinition::getBeanClassName).toList();

        assertThat(ImportCandidates.load(ConfigurationProperties.class, null)).containsExactlyInAnyOrderElementsOf(classes);
    }
}
