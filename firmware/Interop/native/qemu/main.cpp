// The emulated board: boots as CLR start-up would, then answers one line for each line.
//   (at start)       boot ok | boot error NUMBER
//   challenge HEX64  evidence HEX | error NUMBER
//   stack            stack BOOT CHALLENGE: bytes of stack that boot() and the last challenge took, everything below their caller
//   off              ends the emulator
// Anything else is answered with "refused".
#include <cstring>

#include "attester.h"
#include "board.h"
#include "clock.h"
#include "semihosting.h"
#include "stack_probe.h"
#include "uart.h"

namespace iotattest::qemu
{
namespace
{
constexpr std::size_t MaxLineBytes = 80;
constexpr char ChallengeWord[] = "challenge ";

// A command line; empty when it was too long.
struct Line
{
    char text[MaxLineBytes + 1];
    std::size_t length;

    bool is(const char* word) const { return std::memcmp(text, word, length + 1) == 0; }
};

void read_line(Line* line)
{
    std::size_t length = 0;
    for (char each = read_char(); each != '\n'; each = read_char())
    {
        if (length < MaxLineBytes)
        {
            line->text[length] = each;
        }

        length += length <= MaxLineBytes ? 1 : 0;
    }

    line->length = length <= MaxLineBytes ? length : 0;
    line->text[line->length] = 0;
}

int digit_of(char each)
{
    return each >= '0' && each <= '9' ? each - '0' : each >= 'a' && each <= 'f' ? each - 'a' + 10 : -1;
}

bool read_nonce(const Line& line, std::uint8_t nonce[NonceBytes])
{
    constexpr std::size_t Start = sizeof ChallengeWord - 1;
    if (line.length != Start + 2 * NonceBytes || std::memcmp(line.text, ChallengeWord, Start) != 0)
    {
        return false;
    }

    for (std::size_t i = 0; i < NonceBytes; i++)
    {
        const int high = digit_of(line.text[Start + 2 * i]);
        const int low = digit_of(line.text[Start + 2 * i + 1]);
        if (high < 0 || low < 0)
        {
            return false;
        }

        nonce[i] = static_cast<std::uint8_t>(high * 16 + low);
    }

    return true;
}

void write_error(Error error)
{
    write_text("error ");
    write_number(static_cast<std::uint32_t>(error));
}

class Console
{
public:
    explicit Console(Attester& attester) : attester_(attester) {}

    void boot();
    void answer(const Line& line);

private:
    [[gnu::noinline]] Error attest(const std::uint8_t* nonce);
    void challenge(const std::uint8_t* nonce);

    Attester& attester_;
    std::uint8_t evidence_[MaxEvidenceBytes] = {}; // an array of managed code on a real board
    std::size_t evidence_bytes_ = 0;
    std::size_t boot_stack_ = 0;
    std::size_t challenge_stack_ = 0;
};

void Console::boot()
{
    paint_stack();
    const std::uintptr_t from = stack_pointer();
    const Error error = attester_.boot();
    boot_stack_ = stack_used_below(from);
    write_text("boot ");
    if (error == Error::Ok)
    {
        write_text("ok");
    }
    else
    {
        write_error(error);
    }
}

void Console::answer(const Line& line)
{
    std::uint8_t nonce[NonceBytes];
    if (read_nonce(line, nonce))
    {
        challenge(nonce);
    }
    else if (line.is("stack"))
    {
        write_text("stack ");
        write_number(boot_stack_);
        write_text(" ");
        write_number(challenge_stack_);
    }
    else if (line.is("off"))
    {
        end_emulator(true);
    }
    else
    {
        write_text("refused");
    }
}

Error Console::attest(const std::uint8_t* nonce)
{
    Error error = attester_.begin(nonce);
    for (bool is_measured = false; error == Error::Ok && !is_measured;)
    {
        error = attester_.step();
        is_measured = error == Error::Ok;
        error = error == Error::More ? Error::Ok : error;
    }

    return error == Error::Ok ? attester_.finish(evidence_, sizeof evidence_, &evidence_bytes_) : error;
}

void Console::challenge(const std::uint8_t* nonce)
{
    paint_stack();
    const std::uintptr_t from = stack_pointer();
    const Error error = attest(nonce);
    challenge_stack_ = stack_used_below(from);
    if (error != Error::Ok)
    {
        write_error(error);
        return;
    }

    write_text("evidence ");
    write_hex(evidence_, evidence_bytes_);
}
}
}

extern "C" [[noreturn]] void run_board()
{
    using namespace iotattest::qemu;
    start_clock();
    start_uart();
    Board board;
    const iotattest::Ops ops = ops_of(&board);
    iotattest::Attester attester(ops);
    Console console(attester);
    console.boot();
    write_text("\n");
    for (;;)
    {
        Line line;
        read_line(&line);
        console.answer(line);
        write_text("\n");
    }
}
