/* Classes of bytes and searches for bytes, sixteen at a time where the processor has SSE2.

   The searches read up to sixteen bytes after their answer, `caravan_classify` 64, so the text must be followed by that
   many zero bytes. Zero is in no class and stops every search. */

#ifndef CARAVAN_BYTE_SCAN_H
#define CARAVAN_BYTE_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* Bit n is byte n. */
typedef struct {
    /* ASCII letters, digits, `_`, `'`. */
    uint64_t word;
    /* Blanks, tabs, form feeds, line feeds. */
    uint64_t blank;
} caravan_classes;

#if defined(__SSE2__)
#include <emmintrin.h>

static inline __m128i caravan_load(const uint8_t *text) { return _mm_loadu_si128((const __m128i *)text); }

static inline __m128i caravan_is(__m128i bytes, char byte) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)); }

/* Where bytes, as unsigned numbers, are from `first` and `count` on. */
static inline __m128i caravan_is_within(__m128i bytes, uint8_t first, uint8_t count) {
    __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8((char)(0x80 - first)));
    return _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(0x80 + count)));
}

static inline unsigned caravan_first(__m128i found) { return (unsigned)_mm_movemask_epi8(found); }

/* The classes of the 64 bytes from `text` on. */
static inline caravan_classes caravan_classify(const uint8_t *text) {
    caravan_classes classes = {0, 0};
    for (int part = 0; part < 64; part += 16) {
        __m128i bytes = caravan_load(text + part);
        __m128i small = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i word = _mm_or_si128(
            _mm_or_si128(caravan_is_within(small, 'a', 26), caravan_is_within(bytes, '0', 10)),
            _mm_or_si128(caravan_is(bytes, '_'), caravan_is(bytes, '\'')));
        __m128i blank = _mm_or_si128(
            _mm_or_si128(caravan_is(bytes, ' '), caravan_is(bytes, '\n')),
            _mm_or_si128(caravan_is(bytes, '\t'), caravan_is(bytes, '\f')));
        classes.word |= (uint64_t)caravan_first(word) << part;
        classes.blank |= (uint64_t)caravan_first(blank) << part;
    }
    return classes;
}

/* How many bytes from `text` on are neither `"`, backslash nor zero. */
static inline size_t caravan_before_string_stop(const uint8_t *text) {
    size_t count = 0;
    for (;;) {
        __m128i bytes = caravan_load(text + count);
        unsigned stops = caravan_first(
            _mm_or_si128(_mm_or_si128(caravan_is(bytes, '"'), caravan_is(bytes, '\\')), caravan_is(bytes, 0)));
        if (stops) return count + (size_t)__builtin_ctz(stops);
        count += 16;
    }
}

/* How many bytes from `text` on are neither `*`, `"`, `'`, `{`, zero, nor `more`. */
static inline size_t caravan_before_comment_stop(const uint8_t *text, uint8_t more) {
    size_t count = 0;
    for (;;) {
        __m128i bytes = caravan_load(text + count);
        __m128i found = _mm_or_si128(
            _mm_or_si128(caravan_is(bytes, '*'), caravan_is(bytes, '"')),
            _mm_or_si128(
                _mm_or_si128(caravan_is(bytes, '\''), caravan_is(bytes, '{')),
                _mm_or_si128(caravan_is(bytes, (char)more), caravan_is(bytes, 0))));
        unsigned stops = caravan_first(found);
        if (stops) return count + (size_t)__builtin_ctz(stops);
        count += 16;
    }
}

#else

static inline caravan_classes caravan_classify(const uint8_t *text) {
    caravan_classes classes = {0, 0};
    for (int place = 0; place < 64; place++) {
        uint8_t byte = text[place];
        uint8_t letter = (uint8_t)((byte | 0x20) - 'a');
        uint64_t word = letter < 26 || (uint8_t)(byte - '0') < 10 || byte == '_' || byte == '\'';
        uint64_t blank = byte == ' ' || byte == '\n' || byte == '\t' || byte == '\f';
        classes.word |= word << place;
        classes.blank |= blank << place;
    }
    return classes;
}

static inline size_t caravan_before_string_stop(const uint8_t *text) {
    size_t count = 0;
    while (text[count] != '"' && text[count] != '\\' && text[count] != 0) count++;
    return count;
}

static inline size_t caravan_before_comment_stop(const uint8_t *text, uint8_t more) {
    size_t count = 0;
    for (;;) {
        uint8_t byte = text[count];
        if (byte == '*' || byte == '"' || byte == '\'' || byte == '{' || byte == 0 || byte == more) return count;
        count++;
    }
}

#endif

/* Near enough to where the stack ends now. */
static inline uintptr_t caravan_stack_address(void) { return (uintptr_t)__builtin_frame_address(0); }

#endif
