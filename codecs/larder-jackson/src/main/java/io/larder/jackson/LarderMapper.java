package io.larder.jackson;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** Larder's own settings of Jackson: what was written reads back equal, and anything else is refused. */
final class LarderMapper {

    /** Shared, because a mapper is immutable and remembers what it found out about each type. */
    static final JsonMapper SHARED = JsonMapper.builder()
            // Only what can be read back is written, so that a getter of something computed does no harm ...
            .enable(MapperFeature.REQUIRE_SETTERS_FOR_GETTERS, MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
            // ... and a property too many or too few is another version's. A miss is better than half an object.
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            // Where the type leaves it open, a decimal keeps its digits: a double would make 0.1 of 0.10.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // A class that shows Jackson nothing would be stored as {} and come back empty.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            // Times in ISO 8601 and with the zone they were given, not the zone of the reader.
            .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
            .disable(
                    DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                    DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                    DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                    DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
            // By name: toString may be anything, and a number changes its meaning when a constant is added.
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .build();

    private LarderMapper() {}
}
