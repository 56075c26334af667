// The HMAC and ECDSA peripherals, the random number generator, the watchdog, and what the chip says of secure boot.
#include <algorithm>
#include <cstdlib>
#include <mbedtls/ecdsa.h>
#include <mbedtls/md.h>
#include <sys/random.h>

#include "bootloader_random.h"
#include "fake_chip.h"
#include "ecdsa/ecdsa_alt.h"
#include "esp_hmac.h"
#include "esp_random.h"
#include "esp_secure_boot.h"
#include "esp_task_wdt.h"

namespace
{
// components/mbedtls/port/ecdsa/ecdsa_alt.c marks the scalar in the same field.
constexpr int EcdsaKeyMagic = static_cast<short>(0xCD5A);
}

extern "C"
{
#if !FAKE_CHIP_ESP32
esp_err_t esp_hmac_calculate(hmac_key_id_t key_id, const void* message, size_t message_len, uint8_t* hmac)
{
    const fake::KeyBlock* block = fake::key_block(fake::Chip::FirstKeyBlock + key_id);
    if (block == nullptr || block->purpose != ESP_EFUSE_KEY_PURPOSE_HMAC_UP)
    {
        return ESP_FAIL;
    }

    const auto* bytes = static_cast<const unsigned char*>(message);
    const mbedtls_md_info_t* const sha256 = mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
    return mbedtls_md_hmac(sha256, block->data.data(), block->data.size(), bytes, message_len, hmac) == 0 ? ESP_OK : ESP_FAIL;
}

int esp_ecdsa_privkey_load_mpi(mbedtls_mpi* key, int efuse_blk)
{
    mbedtls_mpi_init(key);
    key->s = EcdsaKeyMagic;
    key->n = static_cast<size_t>(efuse_blk);
    return 0;
}

// The linker puts this in front, as ESP-IDF does.
int __real_mbedtls_ecdsa_sign(mbedtls_ecp_group* grp, mbedtls_mpi* r, mbedtls_mpi* s, const mbedtls_mpi* d, const unsigned char* buf, size_t blen,
                              int (*f_rng)(void*, unsigned char*, size_t), void* p_rng);

int __wrap_mbedtls_ecdsa_sign(mbedtls_ecp_group* grp, mbedtls_mpi* r, mbedtls_mpi* s, const mbedtls_mpi* d, const unsigned char* buf, size_t blen,
                              int (*f_rng)(void*, unsigned char*, size_t), void* p_rng)
{
    const fake::KeyBlock* block = d->s == EcdsaKeyMagic ? fake::key_block(static_cast<int>(d->n)) : nullptr;
    if (block == nullptr || block->purpose != ESP_EFUSE_KEY_PURPOSE_ECDSA_KEY)
    {
        return __real_mbedtls_ecdsa_sign(grp, r, s, d, buf, blen, f_rng, p_rng);
    }

    fake::Bytes big_endian(block->data.rbegin(), block->data.rend());
    mbedtls_mpi key;
    mbedtls_mpi_init(&key);
    const auto random = [](void*, unsigned char* bytes, size_t count) { return getrandom(bytes, count, 0) == static_cast<ssize_t>(count) ? 0 : -1; };
    int error = mbedtls_mpi_read_binary(&key, big_endian.data(), big_endian.size());
    error = error == 0 ? __real_mbedtls_ecdsa_sign(grp, r, s, &key, buf, blen, random, nullptr) : error;
    mbedtls_mpi_free(&key);
    return error;
}
#endif

// With the noise source off and RF down the real generator is predictable; here it then gives the same bytes in every run.
void esp_fill_random(void* buf, size_t len)
{
    auto* bytes = static_cast<std::uint8_t*>(buf);
    std::fill_n(bytes, len, std::uint8_t(0xAA));
    if (fake::chip().is_noise_source_on && getrandom(buf, len, 0) == static_cast<ssize_t>(len))
    {
        fake::chip().noise_draws++;
    }
}

void bootloader_random_enable(void)
{
    fake::chip().is_noise_source_on = true;
}

void bootloader_random_disable(void)
{
    fake::chip().is_noise_source_on = false;
}

void vTaskDelay(const TickType_t)
{
    fake::chip().delays++;
    if (fake::chip().ends_on_delay)
    {
        std::exit(0);
    }
}

esp_err_t esp_task_wdt_status(TaskHandle_t)
{
    return fake::chip().is_watchdog_subscribed ? ESP_OK : ESP_ERR_NOT_FOUND;
}

esp_err_t esp_task_wdt_reset(void)
{
    fake::chip().feeds++;
    return ESP_OK;
}

bool esp_secure_boot_enabled(void)
{
    return fake::chip().has_secure_boot;
}
}
