// Stands in for nanoFramework's header.
#pragma once

extern "C"
{
void rngStart(void);
}
