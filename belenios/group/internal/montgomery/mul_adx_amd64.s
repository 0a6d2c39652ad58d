#include "textflag.h"

// Montgomery multiplication of 32 limbs of 64 bits, with the two independent carry
// chains that ADCX and ADOX give.
//
// It is the operand-scanning form. T is a window of 32 limbs in a buffer of 64 that
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
	ADOXQ prev, AX;           \
	MOVQ  AX, (8*(j))(DI)

#define STEPS2(j, v) \
	STEP(j, v, R9, R8); \
	STEP(j+1, v, R8, R9)

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
	STEP(1, v, R8, R9);  \
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
	MOVQ AX, (8*(j)+16)(DI);\
	MOVQ AX, (8*(j)+24)(DI)

// SUBTRACT stores T[j] - DX * p[j], where DX is 0 or 1; the borrow rides on CF,
// which MULX does not touch.
#define SUBTRACT(j) \
	MULXQ (8*(j))(R12), AX, R10; \
	MOVQ (8*(j))(DI), R8;  \
	SBBQ AX, R8;         \
	MOVQ R8, (8*(j))(R13)

// func mulADX(z, x, y, p *Nat, k uint64)
TEXT ·mulADX(SB), NOSPLIT, $520-40
	MOVQ x+8(FP), R13
	MOVQ y+16(FP), SI
	MOVQ p+24(FP), R12
	LEAQ t-520(SP), DI
	XORQ AX, AX
	CLEAR4(0)
	CLEAR4(4)
	CLEAR4(8)
	CLEAR4(12)
	CLEAR4(16)
	CLEAR4(20)
	CLEAR4(24)
	CLEAR4(28)
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
	XORQ  R10, R10
	ROW(R12, R11, R9)
	// The three carries beyond T[31] are 65 bits: one limb and the bit for BX.
	ADDQ  256(DI), R9
	ADCQ  $0, R10
	ADDQ  BX, R9
	ADCQ  $0, R10
	MOVQ  R10, BX
	MOVQ  R9, 256(DI)
	ADDQ  $8, R13
	ADDQ  $8, DI
	DECQ  CX
	JNZ   round

	MOVQ BX, DX
	MOVQ z+0(FP), R13
	MOVQ $4, CX
	XORQ R9, R9 // the borrow between groups of eight
subtract:
	NEGQ R9
	SUBTRACT(0)
	SUBTRACT(1)
	SUBTRACT(2)
	SUBTRACT(3)
	SUBTRACT(4)
	SUBTRACT(5)
	SUBTRACT(6)
	SUBTRACT(7)
	SBBQ R9, R9
	NEGQ R9
	ADDQ $64, DI
	ADDQ $64, R12
	ADDQ $64, R13
	DECQ CX
	JNZ  subtract
	RET
