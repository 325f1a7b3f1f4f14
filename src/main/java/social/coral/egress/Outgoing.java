package social.coral.egress;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Converts a caller's request for the HTTP client. The JDK's type already refuses line breaks in headers. */
final class Outgoing {

    private Outgoing() {}

    static HttpUriRequestBase of(HttpRequest request) {
        HttpUriRequestBase outgoing = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().map().forEach((name, values) -> values.forEach(value -> outgoing.addHeader(name, value)));
        outgoing.setHeader("Accept-Encoding", "gzip");
        request.bodyPublisher().filter(body -> body.contentLength() != 0)
                .ifPresent(body -> outgoing.setEntity(new ByteArrayEntity(bytes(body), null)));
        return outgoing;
    }

    private static byte[] bytes(BodyPublisher body) {
        BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                bytes.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer part) {
                bytes.onNext(List.of(part));
            }

            @Override
            public void onError(Throwable failure) {
                bytes.onError(failure);
            }

            @Override
            public void onComplete() {
                bytes.onComplete();
            }
        });
        return bytes.getBody().toCompletableFuture().join();
    }
}
