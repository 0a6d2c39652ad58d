#include "textflag.h"

// Multiplication modulo 2^255-19 of four words, with the two independent carry chains
// of ADCX and ADOX. The product is in R8 to R15, lowest first.

// FOLD brings the upper half of the product, and then what it leaves beyond 2^256,
// back 38 times, and stores the result. XOR clears both carries; SBB makes all ones
// of the last one.
#define FOLD(z) \
	MOVQ  $38, DX;     \
	XORQ  CX, CX;        \
	MULXQ R12, AX, R12; \
	ADCXQ AX, R8;      \
	ADOXQ R12, R9;     \
	MULXQ R13, AX, R13; \
	ADCXQ AX, R9;      \
	ADOXQ R13, R10;    \
	MULXQ R14, AX, R14; \
	ADCXQ AX, R10;     \
	ADOXQ R14, R11;    \
	MULXQ R15, AX, R15; \
	ADCXQ AX, R11;     \
	ADOXQ CX, R15;     \
	ADCXQ CX, R15;     \
	IMULQ DX, R15;     \
	ADDQ  R15, R8;     \
	ADCQ  $0, R9;      \
	ADCQ  $0, R10;     \
	ADCQ  $0, R11;     \
	SBBQ  AX, AX;      \
	ANDQ  DX, AX;      \
	ADDQ  AX, R8;      \
	MOVQ  R8, (z);     \
	MOVQ  R9, 8(z);    \
	MOVQ  R10, 16(z);  \
	MOVQ  R11, 24(z)

// ROW adds DX * y to the product from r0 up; r4 is not part of it yet. XOR clears both
// carries.
#define ROW(r0, r1, r2, r3, r4) \
	XORQ  r4, r4;        \
	MULXQ (SI), AX, BX;   \
	ADCXQ AX, r0;         \
	ADOXQ BX, r1;         \
	MULXQ 8(SI), AX, BX;  \
	ADCXQ AX, r1;         \
	ADOXQ BX, r2;         \
	MULXQ 16(SI), AX, BX; \
	ADCXQ AX, r2;         \
	ADOXQ BX, r3;         \
	MULXQ 24(SI), AX, BX; \
	ADCXQ AX, r3;         \
	ADOXQ BX, r4;         \
	MOVL  $0, AX;         \
	ADCXQ AX, r4

// func multiplyADX(z, x, y *element)
TEXT ·multiplyADX(SB), NOSPLIT, $0-24
	MOVQ  z+0(FP), DI
	MOVQ  x+8(FP), CX
	MOVQ  y+16(FP), SI
	MOVQ  (CX), DX
	MULXQ (SI), R8, R9
	MULXQ 8(SI), AX, R10
	ADDQ  AX, R9
	MULXQ 16(SI), AX, R11
	ADCQ  AX, R10
	MULXQ 24(SI), AX, R12
	ADCQ  AX, R11
	ADCQ  $0, R12
	MOVQ  8(CX), DX
	ROW(R9, R10, R11, R12, R13)
	MOVQ  16(CX), DX
	ROW(R10, R11, R12, R13, R14)
	MOVQ  24(CX), DX
	ROW(R11, R12, R13, R14, R15)
	FOLD(DI)
	RET

// func squareADX(z, x *element)
//
// The products of different words are added up once, doubled, and the squares added.
TEXT ·squareADX(SB), NOSPLIT, $0-16
	MOVQ  z+0(FP), DI
	MOVQ  x+8(FP), SI
	XORQ  R15, R15
	MOVQ  (SI), DX
	MULXQ 8(SI), R9, R10   // x0*x1
	MULXQ 16(SI), AX, R11  // x0*x2
	ADDQ  AX, R10
	MULXQ 24(SI), AX, R12  // x0*x3
	ADCQ  AX, R11
	ADCQ  $0, R12
	MOVQ  8(SI), DX
	XORQ  R13, R13         // clears both carries
	MULXQ 16(SI), AX, BX   // x1*x2
	ADCXQ AX, R11
	ADOXQ BX, R12
	MULXQ 24(SI), AX, BX   // x1*x3
	ADCXQ AX, R12
	ADOXQ BX, R13
	ADCXQ R15, R13
	MOVQ  16(SI), DX
	MULXQ 24(SI), AX, R14  // x2*x3
	ADDQ  AX, R13
	ADCQ  $0, R14

	XORQ  CX, CX           // clears both carries
	MOVQ  (SI), DX
	MULXQ DX, R8, BX       // x0^2
	ADCXQ R9, R9
	ADOXQ BX, R9
	MOVQ  8(SI), DX
	MULXQ DX, AX, BX       // x1^2
	ADCXQ R10, R10
	ADOXQ AX, R10
	ADCXQ R11, R11
	ADOXQ BX, R11
	MOVQ  16(SI), DX
	MULXQ DX, AX, BX       // x2^2
	ADCXQ R12, R12
	ADOXQ AX, R12
	ADCXQ R13, R13
	ADOXQ BX, R13
	MOVQ  24(SI), DX
	MULXQ DX, AX, BX       // x3^2
	ADCXQ R14, R14
	ADOXQ AX, R14
	ADCXQ R15, R15
	ADOXQ BX, R15
	FOLD(DI)
	RET
