// People's data for tests: names, texts and numbers that no answer to those who may only look may hold.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::testing {

/// Each place gets a word and a number of its own, so that a find says where it came from.
class canaries {
  public:
    /// "kanarya7q Ayşe": a name, a message, an answer of a provider.
    std::string word()
    {
        words_.push_back("kanarya" + std::to_string(words_.size() + 10) + "q");
        return words_.back() + " Ayşe";
    }
    /// Ten digits.
    std::string number()
    {
        numbers_.push_back("55590007" + std::to_string(numbers_.size() + 10));
        return numbers_.back();
    }
    /// A new number, each time in another spelling.
    std::string spelled()
    {
        const std::string n = number();
        const std::string a = n.substr(0, 3), b = n.substr(3, 3), c = n.substr(6, 2), d = n.substr(8);
        const std::string ways[] = {"0" + a + " " + b + " " + c + " " + d,
                                    "+90 (" + a + ") " + b + "-" + c + "-" + d,
                                    n + ".0",
                                    "tel" + n + "x",
                                    a + "." + b + "." + c + "." + d,
                                    "0090" + n,
                                    full_width(n)};
        return ways[numbers_.size() % std::size(ways)];
    }
    /// A word with a number.
    std::string text() { return word() + " " + spelled(); }

    /// Those that stand in `answer`, in whatever spelling.
    std::vector<std::string> found_in(std::string_view answer) const
    {
        std::vector<std::string> found;
        const std::string digits = without_separators(answer);
        for (const std::string& w : words_)
            if (answer.find(w) != answer.npos)
                found.push_back(w);
        for (const std::string& n : numbers_)
            if (digits.find(n) != digits.npos)
                found.push_back(n);
        return found;
    }
    std::size_t size() const { return words_.size() + numbers_.size(); }
    std::vector<std::string> all() const
    {
        std::vector<std::string> both = words_;
        both.insert(both.end(), numbers_.begin(), numbers_.end());
        return both;
    }

  private:
    static std::string full_width(const std::string& digits)
    {
        std::string out;
        for (const char c : digits)
            out += std::string("\xEF\xBC") + static_cast<char>(0x90 + (c - '0'));
        return out;
    }
    /// Not the code under test: full-width digits become ASCII, and what may stand within a number goes.
    static std::string without_separators(std::string_view text)
    {
        std::string out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const auto byte = [&](std::size_t n) {
                return at + n < text.size() ? static_cast<unsigned char>(text[at + n]) : 0u;
            };
            if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) >= 0x90 && byte(2) <= 0x99) {
                out += static_cast<char>('0' + (byte(2) - 0x90));
                at += 2;
            } else if (std::string_view(" ()-.").find(text[at]) == std::string_view::npos)
                out += text[at];
        }
        return out;
    }

    std::vector<std::string> words_{}, numbers_{};
};

} // namespace ulak::testing
