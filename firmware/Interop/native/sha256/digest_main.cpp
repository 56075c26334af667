// Lets a test drive the hash and the MAC: one command a line, the bytes of the answer in hex a line, or "refused".
//   sha256 CHUNK...        digest of the chunks, one call of update each
//   hmac KEY CHUNK...      tag
//   monte SEED             the 1000 digests in a row of one step of NIST's Monte Carlo test (SHAVS section 6.4)
// Bytes in hex; "-" is no bytes.
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "hmac_sha256.h"

namespace iotattest
{
namespace
{
using Bytes = std::vector<std::uint8_t>;

Bytes from_hex(const std::string& text)
{
    Bytes bytes;
    for (std::size_t i = 0; text != "-" && i + 1 < text.size(); i += 2)
    {
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(text.substr(i, 2), nullptr, 16)));
    }

    return bytes;
}

std::string to_hex(const std::uint8_t* bytes, std::size_t count)
{
    constexpr char Digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; i++)
    {
        text += Digits[bytes[i] >> 4];
        text += Digits[bytes[i] & 0x0F];
    }

    return text;
}

template <typename Stream>
std::string answer(Stream& stream, std::istream& chunks)
{
    for (std::string chunk; chunks >> chunk;)
    {
        const Bytes bytes = from_hex(chunk);
        stream.update(bytes.data(), bytes.size());
    }

    std::uint8_t digest[DigestBytes];
    stream.finish(digest);
    return to_hex(digest, sizeof digest);
}

std::string monte(const Bytes& seed)
{
    constexpr int Digests = 1000;
    Bytes message;
    for (int i = 0; i < 3; i++)
    {
        message.insert(message.end(), seed.begin(), seed.end());
    }

    Sha256 hash;
    for (int i = 0; i < Digests; i++)
    {
        std::uint8_t digest[DigestBytes];
        hash.update(message.data(), message.size());
        hash.finish(digest);
        message.erase(message.begin(), message.begin() + DigestBytes);
        message.insert(message.end(), digest, digest + DigestBytes);
    }

    return to_hex(message.data() + 2 * DigestBytes, DigestBytes);
}

std::string run(std::istream& words)
{
    std::string command;
    std::string word;
    words >> command;
    if (command == "sha256")
    {
        Sha256 hash;
        return answer(hash, words);
    }

    if (command == "hmac" && words >> word)
    {
        const Bytes key = from_hex(word);
        HmacSha256 mac(key.data(), key.size());
        return answer(mac, words);
    }

    return command == "monte" && words >> word && word.size() == 2 * DigestBytes ? monte(from_hex(word)) : "refused";
}
}
}

int main()
{
    for (std::string line; std::getline(std::cin, line);)
    {
        std::istringstream words(line);
        std::cout << iotattest::run(words) << '\n';
    }

    return 0;
}
