#include "textflag.h"

// Montgomery multiplication and squaring of 32 limbs of 64 bits, with the two
// independent carry chains that ADCX and ADOX give.
//
// Multiplication is in the operand-scanning form. T is a window of 32 limbs in a buffer of 64 that
// moves up by one limb each round, and BX holds the bit beyond the window:
//
//	for each limb x[i]:
//	    T += x[i] * y                      first row
//	    T += (T[0] * k mod 2^64) * p       second row: T[0] becomes zero
//	    T moves up one limb
//
// T stays below R + p (R = 2^2048), so the bit suffices. At the end p is subtracted
// if the bit is set, by a product and not by a jump.

// STEP adds the low half of DX * v[j] and the high half of the product before it to
// T[j]. The low halves and T ride on CF, the high halves on OF.
#define STEP(j, v, prev, high) \
	MULXQ (8*(j))(v), AX, high; \
	ADCXQ (8*(j))(DI), AX;      \
	ADOXQ prev, AX;             \
	MOVQ  AX, (8*(j))(DI)

// The high halves alternate between two registers.
#define EVEN(j, v) STEP(j, v, R9, R8)
#define ODD(j, v) STEP(j, v, R8, R9)

#define STEPS2(j, v) \
	EVEN(j, v); \
	ODD(j+1, v)

#define STEPS8(j, v) \
	STEPS2(j, v);   \
	STEPS2(j+2, v); \
	STEPS2(j+4, v); \
	STEPS2(j+6, v)

// ROW adds DX * v to T, but for the limb T[0], which it leaves in low; what goes
// beyond T[31] ends in high. Both flags and R10 must be zero at the start.
#define ROW(v, low, high) \
	MULXQ (v), low, R8;  \
	ADCXQ (DI), low;     \
	ODD(1, v);           \
	STEPS2(2, v);        \
	STEPS2(4, v);        \
	STEPS2(6, v);        \
	STEPS8(8, v);        \
	STEPS8(16, v);       \
	STEPS8(24, v);       \
	ADCXQ R10, R9;       \
	ADOXQ R10, R9;       \
	MOVQ  R9, high

#define CLEAR4(j) \
	MOVQ AX, (8*(j))(DI);   \
	MOVQ AX, (8*(j)+8)(DI); \
	MOVQ AX, (8*(j)+16)(DI); \
	MOVQ AX, (8*(j)+24)(DI)

#define CLEAR32 \
	XORQ AX, AX; \
	CLEAR4(0);   \
	CLEAR4(4);   \
	CLEAR4(8);   \
	CLEAR4(12);  \
	CLEAR4(16);  \
	CLEAR4(20);  \
	CLEAR4(24);  \
	CLEAR4(28)

// SUBTRACT stores T[j] - DX * p[j], where DX is 0 or 1; the borrow rides on CF,
// which MULX does not touch.
#define SUBTRACT(j) \
	MULXQ (8*(j))(R12), AX, R10; \
	MOVQ  (8*(j))(DI), R8;       \
	SBBQ  AX, R8;                \
	MOVQ  R8, (8*(j))(R13)

#define SUBTRACT8(j) \
	SUBTRACT(j);   \
	SUBTRACT(j+1); \
	SUBTRACT(j+2); \
	SUBTRACT(j+3); \
	SUBTRACT(j+4); \
	SUBTRACT(j+5); \
	SUBTRACT(j+6); \
	SUBTRACT(j+7)

// REDUCE adds DX * p and moves up one limb. What goes beyond T[31] is 65 bits: one limb,
// to which that of the first row is added, and the bit for BX.
#define REDUCE \
	XORQ R10, R10;      \
	ROW(R12, R11, R9);  \
	ADDQ 256(DI), R9;   \
	ADCQ $0, R10;       \
	ADDQ BX, R9;        \
	ADCQ $0, R10;       \
	MOVQ R10, BX;       \
	MOVQ R9, 256(DI);   \
	ADDQ $8, DI

// FINISH stores T, less p if the bit is set, at R13.
#define FINISH \
	MOVQ BX, DX;    \
	XORQ AX, AX;    \
	SUBTRACT8(0);   \
	SUBTRACT8(8);   \
	SUBTRACT8(16);  \
	SUBTRACT8(24)

// func mulADX(z, x, y, p *Nat, k uint64)
TEXT ·mulADX(SB), NOSPLIT, $512-40
	MOVQ x+8(FP), R13
	MOVQ y+16(FP), SI
	MOVQ p+24(FP), R12
	LEAQ t-512(SP), DI
	CLEAR32
	XORQ BX, BX
	MOVQ $32, CX

round:
	MOVQ  (R13), DX
	XORQ  R10, R10
	ROW(SI, R11, R9)
	MOVQ  R9, 256(DI)
	MOVQ  k+32(FP), DX
	IMULQ R11, DX
	MOVQ  R11, (DI)
	REDUCE
	ADDQ  $8, R13
	DECQ  CX
	JNZ   round

	MOVQ z+0(FP), R13
	FINISH
	RET

// Squaring needs each product of two different limbs once: they are added up in T,
// doubled, the squares of the limbs are added, and then all is reduced.

// FROMj adds DX times the limbs from x[j] up.
#define FROM31 ODD(31, SI)
#define FROM30 EVEN(30, SI); FROM31
#define FROM29 ODD(29, SI); FROM30
#define FROM28 EVEN(28, SI); FROM29
#define FROM27 ODD(27, SI); FROM28
#define FROM26 EVEN(26, SI); FROM27
#define FROM25 ODD(25, SI); FROM26
#define FROM24 EVEN(24, SI); FROM25
#define FROM23 ODD(23, SI); FROM24
#define FROM22 EVEN(22, SI); FROM23
#define FROM21 ODD(21, SI); FROM22
#define FROM20 EVEN(20, SI); FROM21
#define FROM19 ODD(19, SI); FROM20
#define FROM18 EVEN(18, SI); FROM19
#define FROM17 ODD(17, SI); FROM18
#define FROM16 EVEN(16, SI); FROM17
#define FROM15 ODD(15, SI); FROM16
#define FROM14 EVEN(14, SI); FROM15
#define FROM13 ODD(13, SI); FROM14
#define FROM12 EVEN(12, SI); FROM13
#define FROM11 ODD(11, SI); FROM12
#define FROM10 EVEN(10, SI); FROM11
#define FROM9 ODD(9, SI); FROM10
#define FROM8 EVEN(8, SI); FROM9
#define FROM7 ODD(7, SI); FROM8
#define FROM6 EVEN(6, SI); FROM7
#define FROM5 ODD(5, SI); FROM6
#define FROM4 EVEN(4, SI); FROM5
#define FROM3 ODD(3, SI); FROM4
#define FROM2 EVEN(2, SI); FROM3
#define FROM1 ODD(1, SI); FROM2

// TRIANGLE adds x[i] times the limbs above it.
#define TRIANGLE(i, from) \
	MOVQ  (8*(i))(SI), DX; \
	XORQ  R8, R8;          \
	XORQ  R9, R9;          \
	XORQ  R10, R10;        \
	from;                  \
	ADCXQ R10, R9;         \
	ADOXQ R10, R9;         \
	MOVQ  R9, 256(DI);     \
	ADDQ  $8, DI

// DIAGONAL doubles T[2i] and T[2i+1] and adds the square of x[i].
#define DIAGONAL(i) \
	MOVQ  (8*(i))(SI), DX;    \
	MULXQ DX, AX, R8;         \
	MOVQ  (16*(i))(DI), R9;   \
	ADCXQ R9, R9;             \
	ADOXQ AX, R9;             \
	MOVQ  R9, (16*(i))(DI);   \
	MOVQ  (16*(i)+8)(DI), R9; \
	ADCXQ R9, R9;             \
	ADOXQ R8, R9;             \
	MOVQ  R9, (16*(i)+8)(DI)

#define DIAGONAL8(i) \
	DIAGONAL(i);   \
	DIAGONAL(i+1); \
	DIAGONAL(i+2); \
	DIAGONAL(i+3); \
	DIAGONAL(i+4); \
	DIAGONAL(i+5); \
	DIAGONAL(i+6); \
	DIAGONAL(i+7)

// func squareADX(z, x, p *Nat, k uint64)
TEXT ·squareADX(SB), NOSPLIT, $512-32
	MOVQ x+8(FP), SI
	MOVQ p+16(FP), R12
	LEAQ t-512(SP), DI
	CLEAR32
	TRIANGLE(0, FROM1)
	TRIANGLE(1, FROM2)
	TRIANGLE(2, FROM3)
	TRIANGLE(3, FROM4)
	TRIANGLE(4, FROM5)
	TRIANGLE(5, FROM6)
	TRIANGLE(6, FROM7)
	TRIANGLE(7, FROM8)
	TRIANGLE(8, FROM9)
	TRIANGLE(9, FROM10)
	TRIANGLE(10, FROM11)
	TRIANGLE(11, FROM12)
	TRIANGLE(12, FROM13)
	TRIANGLE(13, FROM14)
	TRIANGLE(14, FROM15)
	TRIANGLE(15, FROM16)
	TRIANGLE(16, FROM17)
	TRIANGLE(17, FROM18)
	TRIANGLE(18, FROM19)
	TRIANGLE(19, FROM20)
	TRIANGLE(20, FROM21)
	TRIANGLE(21, FROM22)
	TRIANGLE(22, FROM23)
	TRIANGLE(23, FROM24)
	TRIANGLE(24, FROM25)
	TRIANGLE(25, FROM26)
	TRIANGLE(26, FROM27)
	TRIANGLE(27, FROM28)
	TRIANGLE(28, FROM29)
	TRIANGLE(29, FROM30)
	TRIANGLE(30, FROM31)
	MOVQ $0, 256(DI) // T[63], which no row has reached
	LEAQ t-512(SP), DI
	XORQ AX, AX
	DIAGONAL8(0)
	DIAGONAL8(8)
	DIAGONAL8(16)
	DIAGONAL8(24)
	XORQ BX, BX
	MOVQ $32, CX

reduce:
	MOVQ  k+24(FP), DX
	IMULQ (DI), DX
	REDUCE
	DECQ  CX
	JNZ   reduce

	MOVQ z+0(FP), R13
	FINISH
	RET
