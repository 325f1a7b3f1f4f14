package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostStatusTest {

    private static final Set<PostStatus> OF_PUBLISHING = EnumSet.of(PostStatus.PUBLISHING, PostStatus.PUBLISHED, PostStatus.FAILED);

    @ParameterizedTest
    @EnumSource
    void noPersonSaysThatAPostIsPublishedOrHasFailed(PostStatus status) {
        assertThat(status.next()).doesNotContainAnyElementsOf(OF_PUBLISHING);
    }

    @ParameterizedTest
    @EnumSource
    void noAgentApproves(PostStatus status) {
        assertThat(status.nextByAgent()).doesNotContain(PostStatus.APPROVED, PostStatus.SCHEDULED).doesNotContainAnyElementsOf(OF_PUBLISHING);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsApprovedThatWasNotReviewed(PostStatus status) {
        assertThat(status.next().contains(PostStatus.APPROVED)).isEqualTo(status == PostStatus.IN_REVIEW || status == PostStatus.SCHEDULED);
    }

    @ParameterizedTest
    @EnumSource
    void newWordsNeverKeepAJudgementOfTheOldOnes(PostStatus status) {
        assertThat(status.afterEdit()).isNotIn(PostStatus.APPROVED, PostStatus.SCHEDULED, PostStatus.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"PUBLISHING", "PUBLISHED"}, mode = EnumSource.Mode.EXCLUDE)
    void whatIsNotOutYetCanBecomeADraftAgain(PostStatus status) {
        Set<PostStatus> reached = EnumSet.of(status);
        while (reached.addAll(reached.stream().flatMap(from -> from.next().stream()).toList())) {
            assertThat(reached).doesNotContainAnyElementsOf(EnumSet.of(PostStatus.PUBLISHING, PostStatus.PUBLISHED));
        }
        assertThat(reached).contains(PostStatus.DRAFT);
    }
}
