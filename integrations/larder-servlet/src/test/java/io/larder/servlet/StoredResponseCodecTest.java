package io.larder.servlet;

import io.larder.spi.Codec;
import io.larder.testkit.CodecContract;
import java.util.List;
import java.util.Map;
import java.util.Set;

class StoredResponseCodecTest extends CodecContract<StoredResponse> {

    @Override
    protected Codec<StoredResponse, byte[]> codec() {
        return new StoredResponseCodec();
    }

    @Override
    protected List<StoredResponse> samples() {
        return List.of(
                new StoredResponse(
                        200,
                        Map.of("Link", List.of("<a>", "<b>"), "X-Name", List.of("Zoë"), "X-Empty", List.of("")),
                        new byte[] {0, -1, 13, 10},
                        1_700_000_000_000L),
                new StoredResponse(404, Map.of(), new byte[0], -1),
                StoredResponse.several(Set.of("accept", "accept-language")));
    }
}
