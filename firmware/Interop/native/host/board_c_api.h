/* A board on a PC for programs in other languages (the simulator): C functions of libiotattest-board.so. It measures a flash image in a
 * file, assembles evidence and authenticates it through the same core that a nanoCLR has; a caller hands in a challenge and gets evidence.
 *
 * Every function may be called from any thread: calls on one board wait for each other, boards do not wait for boards. No function keeps
 * a pointer that it was given, and none lets an exception out. They return a number of core/error.h (0 and above) or one of
 * iotattest_board_failure (below 0). No assemblies are loaded on such a board, so their list is empty. */
#ifndef IOTATTEST_BOARD_C_API_H
#define IOTATTEST_BOARD_C_API_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IOTATTEST_BOARD_API __attribute__((visibility("default")))

/* Counted up with every change that an existing caller would notice. */
#define IOTATTEST_BOARD_API_VERSION 1

#define IOTATTEST_BOARD_MAX_REGIONS 5
#define IOTATTEST_BOARD_MAX_PATH_BYTES 4096
#define IOTATTEST_BOARD_MAX_WRITE_BYTES 0x4000000

enum iotattest_board_failure {
    IOTATTEST_BOARD_BAD_ARGUMENT = -1,     /* a null pointer, a length or a number outside its range */
    IOTATTEST_BOARD_NOT_OPEN = -2,         /* the handle was closed, or never given */
    IOTATTEST_BOARD_FLASH_UNREADABLE = -3, /* the flash image could not be mapped */
    IOTATTEST_BOARD_OUTSIDE_FLASH = -4,    /* a region, or bytes to write, do not lie in the flash image */
    IOTATTEST_BOARD_FAULT = -5             /* no memory, or a fault of this library */
};

/* A board that is open: a number above 0, never given twice in a process. */
typedef intptr_t iotattest_board;

struct iotattest_board_region {
    uint32_t name;   /* 0 bootloader, 1 partitions, 2 clr, 3 deployment, 4 config */
    uint32_t length; /* bytes; above 0 */
    uint64_t offset; /* of its first byte in the flash image */
};

struct iotattest_board_settings {
    uint32_t size;                /* of this struct: a caller with another layout is refused */
    int32_t algorithm;            /* COSE: 5 HMAC 256/256, -7 ES256 */
    const char* flash_path;       /* UTF-8; an existing file, mapped for reading and never written to */
    const char* boot_count_path;  /* UTF-8; one decimal number, made at the first boot */
    const char* hardware_version; /* printable ASCII of 1 to 64 characters, or null; so are the next two */
    const char* software_name;
    const char* software_version;
    uint8_t ueid[17];
    uint8_t class_id[16];
    uint8_t key_id[8];
    int8_t oem_boot;     /* 1, 0, or -1: not known */
    int8_t debug_status; /* 0 to 4, or -1: not known */
    uint32_t oem_id;     /* private enterprise number */
    uint32_t region_count;
    struct iotattest_board_region regions[IOTATTEST_BOARD_MAX_REGIONS];
};

IOTATTEST_BOARD_API int32_t iotattest_board_api_version(void);

/* A board that is switched off; `key` is the HMAC key or the private number of a P-256 key, 32 bytes. *board is 0 after a failure. */
IOTATTEST_BOARD_API int32_t iotattest_board_open(const struct iotattest_board_settings* settings, const uint8_t* key, size_t key_count, iotattest_board* board);

/* CLR start: digests the deployment, counts the boot durably, draws the boot seed. Again is the next boot. */
IOTATTEST_BOARD_API int32_t iotattest_board_boot(iotattest_board board);

/* The calls of managed code. `count` of begin is 32, of read_ueid 17, and `capacity` of finish at least 768: else the core's own
 * BadArgument or BufferTooSmall. *length is 0 after an error. */
IOTATTEST_BOARD_API int32_t iotattest_board_read_ueid(iotattest_board board, uint8_t* ueid, size_t count);
IOTATTEST_BOARD_API int32_t iotattest_board_begin(iotattest_board board, const uint8_t* nonce, size_t count);
IOTATTEST_BOARD_API int32_t iotattest_board_step(iotattest_board board);
IOTATTEST_BOARD_API int32_t iotattest_board_finish(iotattest_board board, uint8_t* evidence, size_t capacity, size_t* length);

/* Flash now holds these bytes: what the flash driver of a chip reports before it writes. Changes this board's view, not the file.
 * Inside a measured region it is counted, and there is no evidence until the next boot. */
IOTATTEST_BOARD_API int32_t iotattest_board_write(iotattest_board board, uint64_t offset, const uint8_t* bytes, size_t count);

/* Ends the board once calls that run meanwhile have returned, and wipes its key. */
IOTATTEST_BOARD_API int32_t iotattest_board_close(iotattest_board board);

#ifdef __cplusplus
}
#endif

#endif
