// libFuzzer's entry: one program for each target, named by ULAK_FUZZ_TARGET.
#include "fuzz/targets.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto* chosen = [] {
        for (const auto& one : ulak::fuzz::targets())
            if (one.name == ULAK_FUZZ_TARGET)
                return &one;
        __builtin_trap();
    }();
    chosen->run(std::string_view(reinterpret_cast<const char*>(data), size));
    return 0;
}
