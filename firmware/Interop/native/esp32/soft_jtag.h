#pragma once

namespace iotattest::esp32
{
// Some chips have a fuse that switches JTAG off until firmware proves an HMAC key to the chip (esp_hmac.h: esp_hmac_jtag_enable).

// Whether it is burned as a whole; false is answered when it cannot be read. Never burned where a chip has none.
bool read_soft_jtag(bool* is_off);

// Whether the chip holds a key to prove.
bool has_jtag_key();
}
