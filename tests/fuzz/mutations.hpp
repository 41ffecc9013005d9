// Inputs that lie near those of a corpus. The same ones on every machine: a failure can be met again.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::fuzz {

class mutations {
  public:
    mutations(const std::vector<std::string>& corpus, unsigned seed) : corpus_(corpus), dice_(seed) {}

    std::string next()
    {
        auto out = corpus_[below(corpus_.size())];
        for (auto times = 1 + below(4); times > 0; --times)
            change(out);
        out.resize(std::min(out.size(), longest));
        return out;
    }

  private:
    static constexpr std::size_t longest = 16 * 1024;

    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : dice_() % limit; }

    void change(std::string& bytes)
    {
        static constexpr std::string_view words[] = {
            "0",        "-1",
            "\r\n",     "\n",
            "{",        "}",
            "[",        "]",
            "\"",       ":",
            ",",        "\\u0000",
            "\\ud800",  "null",
            "1e",       ".",
            "%",        "%0",
            "\xc3\x9c", "\xff",
            "\x1b",     ";",
            "&a=b",     " ",
            "chunked",  "18446744073709551616",
        };
        const auto at = below(bytes.size() + 1), size = below(std::min<std::size_t>(bytes.size() - at, 32) + 1);
        switch (below(6)) {
        case 0:
            if (at < bytes.size())
                bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
            break;
        case 1: bytes.erase(at, size); break;
        case 2: bytes.insert(at, words[below(std::size(words))]); break;
        case 3: bytes.insert(below(bytes.size() + 1), bytes.substr(at, size)); break;
        case 4: bytes.resize(at); break;
        default: {
            const auto& other = corpus_[below(corpus_.size())];
            bytes.replace(at, bytes.size() - at, other, below(other.size() + 1), std::string::npos);
        }
        }
    }

    const std::vector<std::string>& corpus_;
    std::minstd_rand dice_;
};

} // namespace ulak::fuzz
