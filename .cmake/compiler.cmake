# How every file of Ulak is compiled.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

# Assertions stay on in what users run: a daemon that spends money stops rather than goes on in a state that cannot be.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")

option(ULAK_TESTS "Build the tests" ON)
set(ULAK_SANITIZE OFF CACHE STRING "ON: AddressSanitizer and UndefinedBehaviorSanitizer; or a list for -fsanitize=")
option(ULAK_WERROR "Treat warnings as errors" OFF)
option(ULAK_FUZZ "Build the fuzzers of tests/fuzz; needs clang" OFF)
option(ULAK_BENCH "Build the programs of tests/bench" OFF)
option(ULAK_LINT "Register the slow lint tests (clang-tidy, headers compile alone)" OFF)

# Named places where tests have the process die; what users run has none of them.
if(ULAK_TESTS AND CMAKE_BUILD_TYPE STREQUAL "Debug")
  set(ulak_is_for_tests ON)
else()
  set(ulak_is_for_tests OFF)
endif()
option(ULAK_FAILPOINTS "Compile the failpoints in; installing is refused then" ${ulak_is_for_tests})

# Sources of a target are compiled together, some at a time: a build from nothing takes a fraction of the time, an edit costs more.
option(ULAK_UNITY "Compile the sources of each target in a few pieces" OFF)

option(ULAK_PCH "Parse the headers that most files include only once" ON)
set(CMAKE_PCH_WARN_INVALID OFF)

# A clone in another folder finds what this one compiled; the sloppiness is what ccache asks for with precompiled headers.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

add_library(ulak_flags INTERFACE)
# BOOST_ASIO_DISABLE_BOOST_COROUTINE: only C++20 coroutines are used.
# The recycling cache of 8 keeps a request's small blocks out of malloc.
target_compile_definitions(ulak_flags INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE
  BOOST_ASIO_RECYCLING_ALLOCATOR_CACHE_SIZE=8 ULAK_VERSION="${PROJECT_VERSION}")
target_compile_options(ulak_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside coroutine frames and the standard library, where there is nothing to mend.
  target_compile_options(ulak_flags INTERFACE -Wno-maybe-uninitialized -Wno-null-dereference
    -Wno-stringop-overread -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict -Wno-dangling-pointer
    -Wno-mismatched-new-delete -Wno-subobject-linkage)
endif()
if(ULAK_UNITY) # what shadows a name of another file in the same piece is no mistake
  target_compile_options(ulak_flags INTERFACE -Wno-shadow)
endif()
if(ULAK_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
endif()
if(ULAK_WERROR)
  target_compile_options(ulak_flags INTERFACE -Werror)
endif()
if(ULAK_SANITIZE)
  target_compile_definitions(ulak_flags INTERFACE ULAK_SANITIZED)
  set(sanitizers ${ULAK_SANITIZE})
  if(sanitizers STREQUAL "ON")
    set(sanitizers address,undefined)
  endif()
  target_compile_options(ulak_flags INTERFACE -fsanitize=${sanitizers} -fno-sanitize-recover=all)
  target_link_options(ulak_flags INTERFACE -fsanitize=${sanitizers})
endif()
if(ULAK_FUZZ)
  target_compile_options(ulak_flags INTERFACE -O1 -fsanitize=fuzzer-no-link)
endif()
