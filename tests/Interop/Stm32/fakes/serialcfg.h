// Stands in for the board's header.
#pragma once

#define SERIAL_DRIVER SD1
