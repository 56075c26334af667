// Stand-in: the interpreter's header only sets how structures are packed.
#pragma once
